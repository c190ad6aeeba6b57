namespace Jingwei.Mqtt;

/// <summary>
/// Where a server keeps on disk what must outlive it: sessions with their subscriptions, QoS 1 and 2 messages and packet identifiers, and
/// retained messages.
/// </summary>
/// <param name="Folder">Of the server alone; made when missing.</param>
/// <param name="FindPrincipal">
/// Who the owner of a session (<see cref="MqttAuthentication.Owner"/>) is now, asked at the start; null when he may not come in any more:
/// then his sessions are forgotten.
/// </param>
public sealed record MqttSessionStorage(string Folder, Func<string, object?> FindPrincipal);
