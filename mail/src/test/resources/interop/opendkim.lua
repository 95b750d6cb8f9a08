-- Hands a message to the opendkim that listens on SOCKET and prints the value of the signature that it adds: one field or line
-- of the body in each of FIELDS (name, colon, value) and BODY.
conn = mt.connect("unix:" .. SOCKET, 50, 0.1)
if conn == nil then
    error("opendkim does not listen")
end
mt.conninfo(conn, "localhost", "127.0.0.1")
mt.mailfrom(conn, "<alice@example.org>")
for line in io.lines(FIELDS) do
    local name, value = line:match("^([^:]+): (.*)$")
    mt.header(conn, name, value)
end
mt.eoh(conn)
for line in io.lines(BODY) do
    mt.bodystring(conn, line .. "\r\n")
end
mt.eom(conn)
print(mt.getheader(conn, "DKIM-Signature", 0))
mt.disconnect(conn)
