namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>
/// Reads documents and events of EPCIS from XML: of version 2.0, and of 1.0 to 1.2 whose wrappers (`extension`, `baseExtension`) are looked through.
/// They become the same document in JSON, which is checked as such: <see cref="EpcisEvent.Json"/> is that JSON.
/// </summary>
public static class EpcisXmlReader
{
    /// <summary>Reads a document, a query document or an event by itself. Nothing that is sent makes it throw.</summary>
    /// <param name="xml">XML, in the encoding that it names; a document type declaration is refused.</param>
    /// <param name="limits">What it may cost; <see cref="EpcisLimits.Default"/> where none are given.</param>
    /// <param name="anyOrder">Whether elements of an event may stand in any order; the schema has them in one.</param>
    /// <param name="keepWebUris">Whether words of the CBV that are written as Web URIs stay so, which JSON has as well, so that they can be told as they came (<see cref="CbvXmlForm.AsCaptured"/>); otherwise they become bare words like URNs.</param>
    public static EpcisDocument Read(ReadOnlyMemory<byte> xml, EpcisLimits? limits = null, bool anyOrder = false, bool keepWebUris = false)
    {
        limits ??= EpcisLimits.Default;
        if (XmlParts.Read(xml, limits, out var problem) is not { } root)
        {
            return new(null) { Problems = [problem ?? new(EpcisProblemCode.NotXml, "", "There is no element.")] };
        }

        var conversion = new XmlDocuments(limits, anyOrder, keepWebUris);
        var json = conversion.Convert(root);
        return json.IsEmpty ? new(null) { Problems = conversion.Problems } : EpcisReader.ReadJson(json, limits with { Bytes = int.MaxValue, Depth = XmlDocuments.JsonDepth(limits) }, conversion.Context, conversion.Problems);
    }
}
