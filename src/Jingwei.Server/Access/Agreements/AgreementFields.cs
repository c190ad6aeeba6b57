using System.Collections.Frozen;

namespace Jingwei.Server.Access.Agreements;

/// <summary>The fields of events (EPCIS 2.0, 7.4) as agreements name them.</summary>
public static class AgreementFields
{
    /// <summary>Whatever is not of the standard.</summary>
    public const string Extensions = "extensions";

    /// <summary>What an agreement has to name.</summary>
    public static readonly FrozenSet<string> Named = FrozenSet.ToFrozenSet(
        [
            "bizStep", "disposition", "persistentDisposition", "readPoint", "bizLocation", "bizTransactionList", "sourceList", "destinationList",
            "sensorElementList", "ilmd", "certificationInfo", "transformationID", Extensions,
        ],
        StringComparer.Ordinal);

    /// <summary>What is always told of an event that is shown: that something happened, when, and whether it was wrong.</summary>
    public static readonly FrozenSet<string> Always = FrozenSet.ToFrozenSet(
        ["@context", "type", "eventTime", "eventTimeZoneOffset", "recordTime", "action", "errorDeclaration"], StringComparer.Ordinal);
}
