using System.Net;

namespace Jingwei.Server.Devices;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "MQTT over TLS shows the certificate of {Subject}, which is valid until {End}.")]
    public static partial void CertificateTaken(ILogger logger, string subject, DateTime end);

    [LoggerMessage(2, LogLevel.Error, "The certificates of MQTT over TLS have changed on disk and are not good; those before stay in force. {Fault}")]
    public static partial void CertificateNotTaken(ILogger logger, string fault);

    [LoggerMessage(3, LogLevel.Information, "MQTT connection from {Remote} refused: the certificate of {Subject} is not good ({Status}).")]
    public static partial void ClientCertificateRefused(ILogger logger, EndPoint? remote, string subject, string status);
}
