using System.Globalization;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Xml;

namespace Jingwei.Server.Facts.Rest;

/// <summary>The `GS1-*` headers of the REST binding (EPCIS 2.0, 12.8).</summary>
internal static class EpcisHeaders
{
    public const string CaptureErrorBehaviour = "GS1-Capture-Error-Behaviour";

    private const string Extensions = "GS1-Extensions";
    private const string EpcFormatName = "GS1-EPC-Format";
    private const string XmlFormatName = "GS1-CBV-XML-Format";
    private const string Version = "2.0.0";

    /// <summary>Says which versions an answer is of.</summary>
    public static void Write(HttpResponse response)
    {
        response.Headers["GS1-EPCIS-Version"] = Version;
        response.Headers["GS1-CBV-Version"] = Version;
    }

    /// <summary>Says what a resource understands, for OPTIONS.</summary>
    public static void Describe(HttpResponse response, bool isCapture)
    {
        Write(response);
        var headers = response.Headers;
        (headers["GS1-EPCIS-Min"], headers["GS1-EPCIS-Max"]) = (Version, Version);
        (headers["GS1-CBV-Min"], headers["GS1-CBV-Max"]) = (Version, Version);
        headers[EpcFormatName] = "No_Preference, Always_GS1_Digital_Link, Always_EPC_URN, Never_Translates";
        headers[XmlFormatName] = "No_Preference, Always_Web_URI, Always_URN, Never_Translates";
        if (isCapture)
        {
            headers["GS1-EPCIS-Capture-Limit"] = FactLimits.CaptureEvents.ToString(CultureInfo.InvariantCulture);
            headers["GS1-EPCIS-Capture-File-Size-Limit"] = FactLimits.CaptureBytes.ToString(CultureInfo.InvariantCulture);
            headers[CaptureErrorBehaviour] = "all";
        }
    }

    /// <summary>What the prefixes in a query's names stand for; null where the header is none: `prefix=namespace`, parted by commas.</summary>
    public static EpcisContext? Context(HttpRequest request)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in request.Headers[Extensions].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
            {
                return null;
            }

            prefixes[pair[..equals]] = pair[(equals + 1)..];
        }

        return EpcisContext.Of(prefixes);
    }

    /// <summary>What cannot be had as it is asked for, or null.</summary>
    public static EpcisProblemResult? Refuse(HttpRequest request)
    {
        if (EpcisMediaTypes.Wanted(request) is null)
        {
            return NotAcceptable("Answers are application/json, application/ld+json or application/xml.");
        }

        foreach (var (header, isAbove) in new[] { ("GS1-EPCIS-Min", true), ("GS1-EPCIS-Max", false), ("GS1-CBV-Min", true), ("GS1-CBV-Max", false) })
        {
            var said = request.Headers[header].ToString();
            if (said.Length > 0 && (!TryVersion(said, out var version) || (isAbove ? version > new Version(2, 0, 0) : version < new Version(2, 0, 0))))
            {
                return NotAcceptable($"{header}: {Version} is spoken here.");
            }
        }

        return TryEpcFormat(request) is null ? NotAcceptable($"{EpcFormatName} is No_Preference, Always_GS1_Digital_Link, Always_EPC_URN or Never_Translates.")
            : TryXmlForm(request) is null ? NotAcceptable($"{XmlFormatName} is No_Preference, Always_Web_URI, Always_URN or Never_Translates.")
            : null;
    }

    /// <summary>How EPCs are written; as Digital Links where nothing is said.</summary>
    public static EpcFormat EpcFormat(HttpRequest request) => TryEpcFormat(request) ?? Rest.EpcFormat.DigitalLink;

    /// <summary>How words of the CBV are written in XML; as URNs where nothing is said.</summary>
    public static CbvXmlForm XmlForm(HttpRequest request) => TryXmlForm(request) ?? CbvXmlForm.Urn;

    /// <summary>What the header calls a format.</summary>
    public static string Name(EpcFormat format) => format switch
    {
        Rest.EpcFormat.DigitalLink => "Always_GS1_Digital_Link",
        Rest.EpcFormat.Urn => "Always_EPC_URN",
        _ => "Never_Translates",
    };

    private static EpcFormat? TryEpcFormat(HttpRequest request) => request.Headers[EpcFormatName].ToString() switch
    {
        "" or "Always_GS1_Digital_Link" => Rest.EpcFormat.DigitalLink,
        "Always_EPC_URN" => Rest.EpcFormat.Urn,
        "No_Preference" or "Never_Translates" => Rest.EpcFormat.AsCaptured,
        _ => null,
    };

    private static CbvXmlForm? TryXmlForm(HttpRequest request) => request.Headers[XmlFormatName].ToString() switch
    {
        "" or "No_Preference" or "Always_URN" => CbvXmlForm.Urn,
        "Always_Web_URI" => CbvXmlForm.WebUri,
        "Never_Translates" => CbvXmlForm.AsCaptured,
        _ => null,
    };

    private static EpcisProblemResult NotAcceptable(string detail) => new(EpcisProblemType.NotAcceptable, detail);

    // Two parts mean the third is 0.
    private static bool TryVersion(string text, out Version version)
    {
        var isOne = System.Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var read);
        version = isOne ? new(read!.Major, read.Minor, Math.Max(0, read.Build)) : new();
        return isOne;
    }
}
