using System.Collections.Immutable;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs;

/// <summary>Gathers everything that is wrong, so that one look shows it all.</summary>
internal sealed class ProblemList
{
    private readonly List<PackProblem> all = [];

    public int Count => all.Count;

    public void Add(Node at, string message, string? expected = null) => Add(at.File, at.At, message, expected);

    public void Add(SourceFile file, Position at, string message, string? expected = null) =>
        all.Add(new PackProblem(file.Path, at.Line, at.Column, message, expected));

    /// <summary>By file, then place; what was found twice in different ways is listed once.</summary>
    public ImmutableArray<PackProblem> Sorted() =>
    [
        .. all.Distinct()
            .OrderBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column),
    ];
}
