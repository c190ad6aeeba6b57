using System.Text;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>Levels for every value of a qualifier: `{name}` in a level's path, and again in the targets of its links.</summary>
internal static class LevelTemplate
{
    internal static bool IsVariable(Gs1Element element) => element.Value is ['{', _, .., '}'];

    /// <summary>The level with the values of a path; null when the path is of another object.</summary>
    internal static LinkLevel? Fill(LinkLevel level, IReadOnlyList<Gs1Element> path)
    {
        if (level.Path.Count == 0 || level.Path[0] != path[0])
        {
            return null;
        }

        var filled = new List<Gs1Element>(level.Path.Count) { path[0] };
        foreach (var element in level.Path.Skip(1))
        {
            var match = path.Skip(1).FirstOrDefault(asked => asked.Identifier == element.Identifier && (asked.Value == element.Value || IsVariable(element)));
            if (match.Identifier is null)
            {
                return null;
            }

            filled.Add(match);
        }

        var variables = level.Path.Zip(filled).Where(pair => IsVariable(pair.First)).Select(pair => (Name: pair.First.Value, pair.Second.Value)).ToList();
        return variables.Count == 0 ? level : level with { Path = filled, Links = [.. level.Links.Select(link => link with { Href = Replace(link.Href, variables) })] };
    }

    private static string Replace(string href, List<(string Name, string Value)> variables)
    {
        foreach (var (name, value) in variables)
        {
            var escaped = new StringBuilder();
            PercentEncoding.AppendToLink(escaped, value);
            href = href.Replace(name, escaped.ToString(), StringComparison.Ordinal);
        }

        return href;
    }
}
