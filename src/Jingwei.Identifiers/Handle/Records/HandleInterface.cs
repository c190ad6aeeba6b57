namespace Jingwei.Identifiers.Handle.Records;

/// <summary>What an interface of a server is for (RFC 3651, 3.2.2).</summary>
[Flags]
public enum HandleServiceKinds
{
    OutOfService = 0,
    Administration = 1,
    Resolution = 2,
    Both = Administration | Resolution,
}

/// <summary>How an interface is spoken to. RFC 3651 has UDP, TCP and HTTP; HTTPS was added by Handle.Net.</summary>
public enum HandleTransport
{
    Udp = 0,
    Tcp = 1,
    Http = 2,
    Https = 3,
}

/// <summary>A door of a server (RFC 3651, 3.2.2).</summary>
/// <param name="Kinds">What it is for.</param>
/// <param name="Transport">How it is spoken to.</param>
/// <param name="Port">1 to 65,535.</param>
public readonly record struct HandleInterface(HandleServiceKinds Kinds, HandleTransport Transport, int Port);
