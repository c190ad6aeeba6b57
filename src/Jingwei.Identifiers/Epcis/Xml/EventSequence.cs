using System.Collections.Frozen;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>The order of the elements of each type of event, as the XML schema of EPCIS 2.0 has it (EPCglobal-epcis-2_0.xsd).</summary>
internal static class EventSequence
{
    private static readonly string[] Common = ["eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "errorDeclaration", "certificationInfo"];

    private static readonly string[] Where = ["action", "bizStep", "disposition", "readPoint", "bizLocation"];

    private static readonly string[] Ends = ["sourceList", "destinationList", "sensorElementList", "persistentDisposition"];

    private static readonly FrozenDictionary<string, string[]> Sequences = new Dictionary<string, string[]>
    {
        ["ObjectEvent"] = [.. Common, "epcList", .. Where, "bizTransactionList", "quantityList", .. Ends, "ilmd"],
        ["AggregationEvent"] = [.. Common, "parentID", "childEPCs", .. Where, "bizTransactionList", "childQuantityList", .. Ends],
        ["TransactionEvent"] = [.. Common, "bizTransactionList", "parentID", "epcList", .. Where, "quantityList", .. Ends],
        ["TransformationEvent"] =
            [.. Common, "inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID", .. Where[1..], "bizTransactionList", .. Ends, "ilmd"],
        ["AssociationEvent"] = [.. Common, "parentID", "childEPCs", "childQuantityList", .. Where, "bizTransactionList", .. Ends],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names in their order; only the common ones for a type that is not of the standard.</summary>
    public static IReadOnlyList<string> Of(string type) => Sequences.GetValueOrDefault(type) ?? Common;

    /// <summary>The first element that stands behind one that it should stand before; null where all are in order. Elements in the wrappers of EPCIS 1.2 have an order of their own.</summary>
    public static XmlPart? FirstMisplaced(XmlPart read)
    {
        var sequence = Of(read.Name);
        var furthest = -1;
        foreach (var (part, isWrapped) in read.Unwrapped())
        {
            if (isWrapped)
            {
                continue;
            }

            var place = part.IsStandard ? Array.IndexOf((string[])sequence, part.Name) : sequence.Count;
            if (place >= 0 && place < furthest)
            {
                return part;
            }

            furthest = Math.Max(furthest, place);
        }

        return null;
    }
}
