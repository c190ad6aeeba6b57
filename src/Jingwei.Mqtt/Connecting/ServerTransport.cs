using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Jingwei.Mqtt.Connecting;

/// <summary>What a connection runs over: TCP, TLS or WebSocket.</summary>
/// <param name="Pipe">Bytes in and out.</param>
/// <param name="Remote">Where known.</param>
/// <param name="Abort">Cuts the connection at once; may be called at any time from any thread.</param>
/// <param name="ClientCertificate">Of a TLS client that has shown a good one.</param>
internal sealed record ServerTransport(IDuplexPipe Pipe, EndPoint? Remote, Action Abort, X509Certificate2? ClientCertificate = null);
