using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Jingwei.Server.Packs.Yaml;

/// <summary>
/// Reads the YAML that packs are written in: one document, no anchors, aliases, merge keys or tags (so a file is as large
/// as it looks), and every key once.
/// </summary>
internal sealed class YamlReader
{
    private readonly SourceFile file;
    private readonly PackLimits limits;
    private readonly ProblemList problems;
    private readonly Parser parser;
    private int nodes;

    private YamlReader(SourceFile file, PackLimits limits, ProblemList problems)
    {
        this.file = file;
        this.limits = limits;
        this.problems = problems;
        parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>The file's document; null, with the problem listed, where it cannot be read.</summary>
    public static Node? Read(SourceFile file, PackLimits limits, ProblemList problems)
    {
        var reader = new YamlReader(file, limits, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException error)
        {
            // The library's text ends with a full stop and may span lines; ours is one clause.
            var message = error.Message.Split('\n')[0].TrimEnd('.', ' ', '\r');
            problems.Add(file, PositionOf(error.Start), message, "YAML 1.2");
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The library's scanner answers some broken files, such as an unclosed mapping at their end, in this way.
            var last = reader.parser.Current is { } read ? PositionOf(read.End) : Position.Start;
            problems.Add(file, last, "the file cannot be read on from here", "YAML 1.2");
            return null;
        }
    }

    private Node? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            problems.Add(file, Position.Start, "the file is empty", "one YAML document");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(file, PositionOf(second.Start), "a second document begins", "one YAML document a file");
        }

        return root;
    }

    private Node ReadNode(int depth)
    {
        var start = parser.Current!.Start;
        nodes++;
        if (depth > limits.Depth)
        {
            throw new SemanticErrorException(start, start, $"nested deeper than {limits.Depth} levels");
        }

        if (nodes > limits.Nodes)
        {
            throw new SemanticErrorException(start, start, $"more than {limits.Nodes} values in a file");
        }

        return parser.Current switch
        {
            MappingStart mapping => ReadMap(mapping, depth),
            SequenceStart => ReadList(depth),
            Scalar => ReadScalar(),
            _ => ReadAlias(),
        };
    }

    private MapNode ReadMap(MappingStart mapping, int depth)
    {
        RefuseDecoration(mapping);
        parser.MoveNext();
        var entries = ImmutableArray.CreateBuilder<Entry>();
        var seen = new Dictionary<string, Position>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode scalar)
            {
                problems.Add(key, $"{key.Description} as a key", "a word");
            }
            else if (scalar.Text == "<<" && scalar.Kind == ScalarKind.Text)
            {
                problems.Add(key, "merge keys are not allowed", "every value written out");
            }
            else if (!seen.TryAdd(scalar.Text, scalar.At))
            {
                problems.Add(key, $"duplicate key {scalar.Text}, first on line {seen[scalar.Text].Line}", "every key once");
            }
            else
            {
                entries.Add(new Entry(scalar, value));
            }
        }

        return new MapNode(file, PositionOf(mapping.Start), entries.ToImmutable());
    }

    private ListNode ReadList(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        RefuseDecoration(start);
        var items = ImmutableArray.CreateBuilder<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new ListNode(file, PositionOf(start.Start), items.ToImmutable());
    }

    private ScalarNode ReadScalar()
    {
        var scalar = parser.Consume<Scalar>();
        RefuseDecoration(scalar);
        var kind = scalar.Style == ScalarStyle.Plain ? CoreSchema.KindOf(scalar.Value) : ScalarKind.Text;
        return new ScalarNode(
            file, PositionOf(scalar.Start), scalar.Value, kind, (int)scalar.Start.Index, (int)scalar.End.Index);
    }

    private ScalarNode ReadAlias()
    {
        var alias = parser.Consume<AnchorAlias>();
        problems.Add(file, PositionOf(alias.Start), $"aliases are not allowed: *{alias.Value}", "the value written out");
        return new ScalarNode(file, PositionOf(alias.Start), "", ScalarKind.Null, 0, 0);
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            problems.Add(file, PositionOf(node.Start), $"anchors are not allowed: &{node.Anchor.Value}", "every value written out");
        }

        if (!node.Tag.IsEmpty && node.Tag.Value != "!")
        {
            problems.Add(file, PositionOf(node.Start), $"tags are not allowed: {node.Tag.Value}", "a plain value");
        }
    }

    private static Position PositionOf(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
