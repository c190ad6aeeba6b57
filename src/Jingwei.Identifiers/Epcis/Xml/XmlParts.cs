using System.Buffers;
using System.Text;
using System.Xml;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Reads XML into parts, within limits: no document type declaration, no entities but the five of XML, nothing fetched.</summary>
internal static class XmlParts
{
    private const string Schema = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly SearchValues<byte> DoctypeName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:"u8);

    /// <summary>The root; null where it cannot be read, and then the problem says why.</summary>
    public static XmlPart? Read(ReadOnlyMemory<byte> xml, EpcisLimits limits, out EpcisProblem? problem)
    {
        problem = null;
        if (xml.Length > limits.Bytes)
        {
            problem = new(EpcisProblemCode.TooLarge, "", $"It has {xml.Length} bytes; {limits.Bytes} are allowed.");
            return null;
        }

        try
        {
            var bytes = xml.ToArray();
            DropBareDoctype(bytes);
            using var stream = new MemoryStream(bytes, false);
            using var reader = XmlReader.Create(stream, new()
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = limits.Bytes,
            });
            return Root(reader, limits, out problem);
        }
        catch (XmlException fault)
        {
            problem = new(EpcisProblemCode.NotXml, "", fault.Message);
            return null;
        }
    }

    // Published examples begin with `<!DOCTYPE project>`, which declares nothing. It is blanked; one that declares or names anything is refused.
    private static void DropBareDoctype(Span<byte> xml)
    {
        const int Farthest = 1024;
        var head = xml[..Math.Min(xml.Length, Farthest)];
        var start = head.IndexOf("<!DOCTYPE "u8);
        var length = start < 0 ? -1 : head[start..].IndexOf((byte)'>');
        if (length > 0 && head.Slice(start + 10, length - 10).IndexOfAnyExcept(DoctypeName) < 0 && head[..start].IndexOf("<!--"u8) < 0)
        {
            head.Slice(start, length + 1).Fill((byte)' ');
        }
    }

    private static XmlPart? Root(XmlReader reader, EpcisLimits limits, out EpcisProblem? problem)
    {
        problem = null;
        var open = new Stack<(XmlPart Part, StringBuilder Text)>();
        XmlPart? root = null;
        var nodes = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = reader.IsEmptyElement;
                    var part = Start(reader);
                    nodes += 1 + part.Attributes.Count;
                    root ??= part;
                    if (open.TryPeek(out var around))
                    {
                        around.Part.Children.Add(part);
                    }

                    if (!isEmpty)
                    {
                        open.Push((part, new()));
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    var (ended, text) = open.Pop();
                    ended.Text = text.ToString().Trim();
                    break;
            }

            if (nodes > limits.Nodes || open.Count > limits.Depth)
            {
                problem = new(EpcisProblemCode.TooLarge, "", $"It has more than {limits.Nodes} elements and attributes, or they are nested more than {limits.Depth} deep.");
                return null;
            }
        }

        return root;
    }

    private static XmlPart Start(XmlReader reader)
    {
        var line = reader is IXmlLineInfo at ? at.LineNumber : 0;
        var part = new XmlPart(reader.Prefix, reader.NamespaceURI, reader.LocalName, line);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI is not ("http://www.w3.org/2000/xmlns/" or Schema))
            {
                part.Attributes.Add(new(reader.Prefix, reader.NamespaceURI, reader.LocalName, line) { Text = reader.Value.Trim() });
            }
            else if (reader is { NamespaceURI: Schema, LocalName: "nil" })
            {
                part.IsNil = reader.Value.Trim() is "true" or "1";
            }
        }

        reader.MoveToElement();
        return part;
    }
}
