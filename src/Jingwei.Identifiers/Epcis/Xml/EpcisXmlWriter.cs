using System.Globalization;
using System.Text;
using System.Xml;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Writes events as documents of XML of version 2.0 (EPCIS 2.0, 9.5). Standard words are URNs or Web URIs there, and extensions elements of their namespaces.</summary>
public static class EpcisXmlWriter
{
    private const string Document = "urn:epcglobal:epcis:xsd:2";
    private const string Query = "urn:epcglobal:epcis-query:xsd:2";

    /// <summary>Writes an `EPCISDocument` in UTF-8.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="events">The events; their documents must not be disposed of.</param>
    /// <param name="creationDate">When the document is made.</param>
    /// <param name="form">How standard words are written.</param>
    public static void WriteDocument(Stream stream, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate, CbvXmlForm form = CbvXmlForm.Urn)
    {
        using var xml = Begin(stream, "epcis", "EPCISDocument", Document, events, creationDate);
        xml.WriteStartElement("EPCISBody");
        WriteList(xml, events, form);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Writes an `EPCISQueryDocument` in UTF-8, the answer to a query.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="events">The events; their documents must not be disposed of.</param>
    /// <param name="creationDate">When the document is made.</param>
    /// <param name="queryName">Name of the query.</param>
    /// <param name="subscriptionId">The subscription that it answers; null where it answers a request.</param>
    /// <param name="form">How standard words are written.</param>
    public static void WriteQueryDocument(
        Stream stream, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate, string queryName = "SimpleEventQuery", string? subscriptionId = null, CbvXmlForm form = CbvXmlForm.Urn)
    {
        using var xml = Begin(stream, "epcisq", "EPCISQueryDocument", Query, events, creationDate);
        xml.WriteStartElement("EPCISBody");
        xml.WriteStartElement("QueryResults", Query);
        xml.WriteElementString("queryName", queryName);
        if (subscriptionId is not null)
        {
            xml.WriteElementString("subscriptionID", subscriptionId);
        }

        xml.WriteStartElement("resultsBody");
        WriteList(xml, events, form);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static XmlWriter Begin(Stream stream, string prefix, string name, string space, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate)
    {
        var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CloseOutput = false, CheckCharacters = false });
        xml.WriteStartElement(prefix, name, space);
        xml.WriteAttributeString("xmlns", "gs1", null, Vocabulary.Cbv.WebVocabulary);
        xml.WriteAttributeString("xmlns", "cbv", null, Vocabulary.Cbv.Namespace);
        var taken = new HashSet<string>(StringComparer.Ordinal) { prefix, "gs1", "cbv" };
        foreach (var (added, held) in events.SelectMany(read => read.Context.Added))
        {
            if (XmlNames.IsPrefix(added) && XmlNames.IsSpace(held) && taken.Add(added))
            {
                xml.WriteAttributeString("xmlns", added, null, held);
            }
        }

        xml.WriteAttributeString("schemaVersion", "2.0");
        xml.WriteAttributeString("creationDate", creationDate.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        return xml;
    }

    private static void WriteList(XmlWriter xml, IReadOnlyList<EpcisEvent> events, CbvXmlForm form)
    {
        xml.WriteStartElement("EventList");
        foreach (var read in events)
        {
            JsonEvents.Write(xml, read, form);
        }

        xml.WriteEndElement();
    }
}
