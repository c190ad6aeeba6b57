using System.Xml;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Cap;

/// <summary>Reads alerts of CAP 1.2 and 1.1.</summary>
public static class CapReader
{
    /// <summary>Reads a document. What is wrong with it is in the result, whatever the bytes are.</summary>
    public static CapReading Read(ReadOnlySpan<byte> document, CapReadOptions? options = null)
    {
        options ??= new();
        var problems = new ProblemList(options.Limits.Problems);
        if (document.Length > options.Limits.Bytes)
        {
            problems.Error(ProblemCode.TooLarge, $"The document is larger than {options.Limits.Bytes} bytes.");
            return new() { Alert = null, Problems = problems.InOrder() };
        }

        var text = Repair.Characters(DocumentText.Read(document, options.Charset, problems).Text, problems);
        if (options.IsLenient)
        {
            text = Repair.References(Repair.Beginning(text, problems), problems);
        }

        return Root(text, options, problems) is { } root ? Read(root, options.IsLenient, problems) : new() { Alert = null, Problems = problems.InOrder() };
    }

    /// <summary>Reads a document from a stream, and no more of it than <see cref="DocumentLimits.Bytes"/>.</summary>
    public static async Task<CapReading> ReadAsync(Stream stream, CapReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        return Read((await BoundedRead.ReadAsync(stream, options.Limits.Bytes, cancel)).Span, options);
    }

    /// <summary>Reads an alert that stands in another document.</summary>
    internal static CapReading Read(XElement root, bool isLenient, ProblemList problems)
    {
        if (CapSchema.For(root.Name) is not { } schema)
        {
            problems.Error(ProblemCode.OtherDocument, root, $"<{root.Name.LocalName}> in the namespace \"{root.Name.NamespaceName}\" is no alert of CAP 1.2 or 1.1.");
            return new() { Alert = null, Problems = problems.InOrder() };
        }

        new CapStructureCheck(schema, problems).Check(root);
        new CapRuleCheck(schema, problems).Check(root);
        return new()
        {
            Alert = isLenient || !problems.HasErrors ? new CapExtraction(schema).Alert(root) : null,
            Problems = problems.InOrder(),
            Version = schema.IsCurrent ? new(1, 2) : new(1, 1),
        };
    }

    private static XElement? Root(string text, CapReadOptions options, ProblemList problems)
    {
        using var tree = new XmlTree(text, options.Limits, problems);
        try
        {
            while (tree.Read())
            {
                if (tree.NodeType == XmlNodeType.Element)
                {
                    var root = tree.Element();
                    while (tree.Read())
                    {
                        // What follows must be well-formed too.
                    }

                    return root;
                }
            }
        }
        catch (XmlException broken)
        {
            problems.Broken(broken, text);
        }

        return null;
    }
}
