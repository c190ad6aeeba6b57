using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Checking;

/// <summary>A variable of a comprehension or bind, and its place in the evaluation's locals.</summary>
internal sealed record Local(string Name, int Index, CelType Type, Local? Outer)
{
    public static Local? Find(Local? scope, string name)
    {
        for (var local = scope; local is not null; local = local.Outer)
        {
            if (local.Name == name)
            {
                return local;
            }
        }

        return null;
    }
}

/// <summary>Name resolution (language definition, "Name Resolution"): locals, then the container outwards, the longest prefix first.</summary>
internal sealed class Names(CelEnvironment environment)
{
    /// <summary>The dotted name that an expression spells, unless it begins with a local variable.</summary>
    public static (string Name, bool Absolute)? Dotted(Expr expression, Local? scope) => expression switch
    {
        Ident ident => ident.Absolute || Local.Find(scope, ident.Name) is null ? (ident.Name, ident.Absolute) : null,
        Select { MayBeName: true } select when Dotted(select.Operand, scope) is { } prefix =>
            ($"{prefix.Name}.{select.Field}", prefix.Absolute),
        _ => null,
    };

    /// <summary>The slot of the variable that a name means, or -1.</summary>
    public int Variable(string name, bool absolute)
    {
        foreach (var candidate in Candidates(name, absolute))
        {
            if (environment.SlotOf(candidate) is >= 0 and var slot)
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>The type that a name denotes as a value, such as int or a declared object type.</summary>
    public CelType? TypeValue(string name, bool absolute) =>
        Candidates(name, absolute).Select(candidate =>
            Library.StandardTypes.Find(candidate) ?? environment.ObjectType(candidate)?.Type).FirstOrDefault(type => type is not null);

    public CelObjectType? ObjectType(string name, bool absolute) =>
        Candidates(name, absolute).Select(environment.ObjectType).FirstOrDefault(type => type is not null);

    public FunctionEntry? Function(string name, bool absolute) =>
        Candidates(name, absolute).Select(environment.Function).FirstOrDefault(function => function is not null);

    private IEnumerable<string> Candidates(string name, bool absolute)
    {
        for (var container = absolute ? "" : environment.Container; container.Length > 0;)
        {
            yield return $"{container}.{name}";
            var dot = container.LastIndexOf('.');
            container = dot < 0 ? "" : container[..dot];
        }

        yield return name;
    }
}
