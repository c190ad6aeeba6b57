using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Jingwei.Civic.Documents;

/// <summary>Reads elements one after the other into trees that say where they stood, within limits. No DTD, no resolver.</summary>
internal sealed class XmlTree : IDisposable
{
    private readonly XmlReader reader;
    private readonly DocumentLimits limits;
    private readonly ProblemList problems;
    private int nodes;

    public XmlTree(string text, DocumentLimits limits, ProblemList problems)
    {
        (this.limits, this.problems) = (limits, problems);
        reader = XmlReader.Create(new StringReader(text), new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            // References to characters that XML does not have are seen to in Clean: one of them is no reason to lose a document.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }

    /// <summary>The limit of nodes was reached: what follows is not there.</summary>
    public bool IsExhausted { get; private set; }

    public int Depth => reader.Depth;

    /// <summary>The name as it is written, prefix included.</summary>
    public string WrittenName => reader.Name;

    public XName Name => XName.Get(reader.LocalName, reader.NamespaceURI);

    public Place Place => reader is IXmlLineInfo at ? new(at.LineNumber, at.LinePosition) : new(0, 0);

    public XmlNodeType NodeType => reader.NodeType;

    public bool IsEmpty => reader.IsEmptyElement;

    /// <summary>Moves on to the next node.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public bool Read() => !IsExhausted && reader.Read();

    /// <summary>The element's own name and attributes, without what is in it; the reader stays on it.</summary>
    public XElement Start(string? path = null)
    {
        var at = Place;
        var element = new XElement(Name);
        element.AddAnnotation(new Place(at.Line, at.Column, path));
        Count();
        if (reader.AttributeCount > limits.Attributes)
        {
            problems.Error(ProblemCode.TooManyNodes, $"An element has more than {limits.Attributes} attributes; the rest is left out.", at.Line, at.Column);
        }

        for (var taken = 0; taken < limits.Attributes && reader.MoveToNextAttribute(); taken++)
        {
            Count();
            if (reader.NamespaceURI != XNamespace.Xmlns.NamespaceName)
            {
                element.SetAttributeValue(Name, Clean(reader.Value, at));
            }
        }

        reader.MoveToElement();
        return element;
    }

    /// <summary>The element on whose start tag the reader stands, whole; the reader stands on its end tag then.</summary>
    /// <param name="path">What to say of where it is, if it is not the root.</param>
    /// <param name="holdsItself">Its like may stand in it; else that is the place where its end tag lacks.</param>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public XElement Element(string? path = null, bool holdsItself = true)
    {
        var root = Start(path);
        if (reader.IsEmptyElement)
        {
            return root;
        }

        var outer = reader.Depth;
        var open = root;
        var text = new StringBuilder();
        while (Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !holdsItself && reader.Depth == outer + 1 && Name == root.Name:
                    throw new XmlException($"<{Name.LocalName}> begins before the one before it ends.", null, Place.Line, Place.Column);
                case XmlNodeType.Element when reader.Depth > limits.Depth:
                    var (line, column) = (Place.Line, Place.Column);
                    problems.Add(new(ProblemCode.TooDeep, ProblemLevel.Error, open.Path(), $"Elements are nested more than {limits.Depth} deep; they are left out.", line, column));
                    Skip();
                    break;
                case XmlNodeType.Element:
                    Flush(open, text);
                    var child = Start();
                    open.Add(child);
                    open = reader.IsEmptyElement ? open : child;
                    break;
                case XmlNodeType.EndElement:
                    Flush(open, text);
                    if (reader.Depth == outer)
                    {
                        return root;
                    }

                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(Clean(reader.Value, Place));
                    break;
            }
        }

        return root;
    }

    /// <summary>Passes over the element on whose start tag the reader stands; it stands on its end tag then. (XmlReader.Skip would go on to the node after, which Read then passes over.)</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public void Skip()
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        for (var outer = reader.Depth; reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == outer);)
        {
        }
    }

    public void Dispose() => reader.Dispose();

    private static void Flush(XElement open, StringBuilder text)
    {
        if (text.Length > 0)
        {
            open.Add(new XText(text.ToString()));
            text.Clear();
        }
    }

    private void Count()
    {
        if (++nodes == limits.Nodes + 1)
        {
            IsExhausted = true;
            problems.Error(ProblemCode.TooManyNodes, $"There are more than {limits.Nodes} elements and attributes; the rest is left out.", Place.Line, Place.Column);
        }
    }

    private string Clean(string value, Place at)
    {
        var clean = Repair.Legal(value);
        if (!ReferenceEquals(clean, value))
        {
            problems.Error(ProblemCode.IllegalCharacter, "A reference to a character that is not allowed in XML.", at.Line, at.Column);
        }

        return clean;
    }
}
