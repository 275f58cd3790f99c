-- The role of the workspace: it owns its tables and cannot pass over row policies.
-- Set its password afterwards:  ALTER ROLE standwith PASSWORD '...';
CREATE ROLE standwith LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE standwith OWNER standwith ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE standwith FROM PUBLIC;
