using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>What the events of a document are read with.</summary>
/// <param name="Prefixes">Those of the document.</param>
/// <param name="KeepsWebUris">See <see cref="EpcisXmlReader.Read"/>.</param>
internal sealed record XmlScope(XmlPrefixes Prefixes, bool KeepsWebUris)
{
    /// <summary>A word of the standard becomes its bare word, or stays the Web URI that it is; one that only claims to be of the standard, its URI.</summary>
    public string Word(string value, CbvVocabulary vocabulary) =>
        KeepsWebUris && value.StartsWith(Cbv.Namespace, StringComparison.Ordinal) ? value : XmlValues.Word(value, vocabulary);
}
