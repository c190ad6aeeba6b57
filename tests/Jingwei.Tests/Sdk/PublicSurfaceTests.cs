using System.Reflection;
using Jingwei.Sdk;

namespace Jingwei.Tests.Sdk;

/// <summary>What plug-ins compile against changes only on purpose: src/Jingwei.Sdk/PublicSurface.txt says what it is.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void It_is_what_was_reviewed() => Assert.Equal(
        File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Jingwei.Sdk", "PublicSurface.txt")),
        string.Concat(Lines().Select(line => line + "\n")));

    [Fact]
    public void It_needs_nothing_but_the_framework() =>
        Assert.All(typeof(Plugin).Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    private static IEnumerable<string> Lines() => typeof(Plugin).Assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => MembersOf(type).Order(StringComparer.Ordinal).Prepend($"{Kind(type)} {type.FullName}"));

    private static IEnumerable<string> MembersOf(Type type) => type.GetMembers(Visible)
        .Where(member => member is MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or FieldInfo { IsPublic: true } or Type { IsNestedPublic: true })
        // The compiler's own of a delegate say nothing that Invoke does not.
        .Where(member => !type.IsSubclassOf(typeof(Delegate)) || member.Name == "Invoke")
        .Select(member => $"    {(member is MethodBase method ? $"{(method.IsAbstract ? "abstract " : "")}{(method.IsFamily ? "protected " : "")}" : "")}{member}");

    private static string Kind(Type type) =>
        type.IsSubclassOf(typeof(Delegate)) ? "delegate" : type.IsValueType ? "struct" : type.IsAbstract ? "abstract class" : "class";
}
