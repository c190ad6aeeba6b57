using System.Net;

namespace Jingwei.Server.Devices.Tls;

/// <summary>The MQTT listener over TLS. All files are PEM, and are read again when they change.</summary>
/// <param name="Address">Port 0 picks a free one.</param>
/// <param name="Certificate">File of the server's certificate, followed by those between it and a root that clients know.</param>
/// <param name="Key">File of its private key, not encrypted.</param>
/// <param name="ClientCa">File of the roots, and of issuers below them, whose certificates let things in; null: things sign in by secret alone.</param>
public sealed record MqttsOptions(IPEndPoint Address, string Certificate, string Key, string? ClientCa);
