using System.Security.Cryptography.X509Certificates;

namespace Jingwei.Server.Devices.Tls;

/// <summary>Which thing a client's certificate is for.</summary>
internal static class CertificateName
{
    // id-at-commonName (RFC 5280, appendix A.1); it holds at most 64 characters.
    private const string CommonName = "2.5.4.3";

    /// <summary>
    /// The one common name of the subject, as Azure IoT Hub and mosquitto's use_identity_as_username take it; null when there is none, or
    /// more than one.
    /// </summary>
    public static string? Of(X509Certificate2 certificate)
    {
        string? name = null;
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
            {
                // Which of its elements names the thing nobody can tell.
                return null;
            }

            if (part.GetSingleElementType().Value == CommonName)
            {
                if (name is not null)
                {
                    return null;
                }

                name = part.GetSingleElementValue();
            }
        }

        return name;
    }
}
