using System.Net;
using Microsoft.Extensions.Logging;

namespace Jingwei.Mqtt;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "MQTT client {ClientId} connected from {Remote}, version {Version}.")]
    public static partial void Connected(ILogger logger, string clientId, EndPoint? remote, MqttProtocolVersion version);

    [LoggerMessage(2, LogLevel.Information, "MQTT client {ClientId} is gone: {Reason}. {Why}")]
    public static partial void Disconnected(ILogger logger, string clientId, MqttReasonCode reason, string? why);

    [LoggerMessage(3, LogLevel.Information, "MQTT connection from {Remote} refused: {Reason}. {Why}")]
    public static partial void Refused(ILogger logger, EndPoint? remote, MqttReasonCode reason, string? why);

    [LoggerMessage(4, LogLevel.Debug, "MQTT connection from {Remote} broke.")]
    public static partial void Broke(ILogger logger, Exception error, EndPoint? remote);

    [LoggerMessage(5, LogLevel.Error, "MQTT connection of {ClientId} closed: the application failed to take a message or a client.")]
    public static partial void ApplicationFailed(ILogger logger, Exception error, string clientId);

    [LoggerMessage(10, LogLevel.Warning, "More than {Rate} MQTT connections come a second, and {Waiting} wait: others are cut and counted. This is said once until none waits.")]
    public static partial void ConnectionsCut(ILogger logger, int rate, int waiting);

    [LoggerMessage(12, LogLevel.Warning, "MQTT client {ClientId} reads too slowly: QoS 0 messages to it are dropped and counted.")]
    public static partial void SlowConsumer(ILogger logger, string clientId);

    [LoggerMessage(6, LogLevel.Error, "The will of {ClientId} was not taken.")]
    public static partial void WillFailed(ILogger logger, Exception error, string clientId);

    [LoggerMessage(7, LogLevel.Critical, "The session journal cannot be written. Messages to kept sessions are no longer acknowledged; restart the server when the disk is well.")]
    public static partial void JournalFailed(ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Information, "Restored {Sessions} MQTT sessions with {Messages} messages, and {Retained} retained messages.")]
    public static partial void Restored(ILogger logger, int sessions, int messages, int retained);

    [LoggerMessage(9, LogLevel.Warning, "The queue of MQTT session {ClientId} is full: newer messages are dropped and counted. This is said once until its client connects again.")]
    public static partial void QueueFull(ILogger logger, string clientId);
}
