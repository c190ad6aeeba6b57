using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Checking;

/// <summary>How macros bring variables into scope; checker and planner number them alike.</summary>
internal static class Scopes
{
    public static Local Add(Local? outer, string name, CelType type) => new(name, (outer?.Index ?? -1) + 1, type, outer);

    public static Local Of(Comprehension macro, Local? outer, CelType first, CelType second)
    {
        var local = Add(outer, macro.First, first);
        return macro.Second is null ? local : Add(local, macro.Second, second);
    }
}
