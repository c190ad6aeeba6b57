namespace Jingwei.Cel.Checking;

/// <summary>What is known of the type variables, and the question whether one type may stand where another is expected.</summary>
internal sealed class Substitution
{
    private readonly Dictionary<string, CelType> _known = new(StringComparer.Ordinal);
    private readonly Stack<(string Name, CelType? Before)> _trail = new();
    private int _fresh;

    public CelType Fresh() => CelType.Parameter($"%{_fresh++}");

    /// <summary>The types with new type variables in place of their parameters.</summary>
    public Signature Instantiate(Signature signature)
    {
        var renamed = new Dictionary<string, CelType>(StringComparer.Ordinal);
        return signature with
        {
            Parameters = [.. signature.Parameters.Select(type => Rename(type, renamed))],
            Result = Rename(signature.Result, renamed),
        };
    }

    /// <summary>Whether all are assignable; nothing is learnt when one is not.</summary>
    public bool Assign(IReadOnlyList<CelType> from, IReadOnlyList<CelType> to)
    {
        var mark = _trail.Count;
        for (var i = 0; i < from.Count; i++)
        {
            if (!Assignable(from[i], to[i]))
            {
                Undo(mark);
                return false;
            }
        }

        return true;
    }

    public bool Assign(CelType from, CelType to) => Assign([from], [to]);

    /// <summary>The type with its variables replaced by what is known; unknown ones stay, or become dyn in the end.</summary>
    public CelType Apply(CelType type, bool final = false) => type.Kind switch
    {
        CelTypeKind.Parameter when _known.TryGetValue(type.Name, out var known) => Apply(known, final),
        CelTypeKind.Parameter => final ? CelType.Dyn : type,
        CelTypeKind.List => CelType.List(Apply(type.Arguments[0], final)),
        CelTypeKind.Map => CelType.Map(Apply(type.Arguments[0], final), Apply(type.Arguments[1], final)),
        CelTypeKind.Type => CelType.TypeOf(Apply(type.Arguments[0], final)),
        CelTypeKind.Abstract when type.Arguments.Count > 0 =>
            CelType.Abstract(type.Name, [.. type.Arguments.Select(argument => Apply(argument, final))]),
        _ => type,
    };

    /// <summary>The common type of two: the more general one, or dyn.</summary>
    public CelType Join(CelType first, CelType second) => Assign(second, first) ? MostGeneral(first, second)
        : Assign(first, second) ? second
        : CelType.Dyn;

    private static CelType MostGeneral(CelType first, CelType second) => AtLeastAsGeneral(first, second) ? first : second;

    private static bool AtLeastAsGeneral(CelType first, CelType second)
    {
        if (first.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter)
        {
            return true;
        }

        if (second.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter || first.Kind != second.Kind)
        {
            // A nullable type is more general than null.
            return second.Kind == CelTypeKind.Null;
        }

        return first.Arguments.Zip(second.Arguments).All(pair => AtLeastAsGeneral(pair.First, pair.Second));
    }

    private bool Assignable(CelType from, CelType to)
    {
        from = Resolve(from);
        to = Resolve(to);
        if (to.Kind == CelTypeKind.Parameter || from.Kind == CelTypeKind.Parameter)
        {
            var (variable, type) = to.Kind == CelTypeKind.Parameter ? (to, from) : (from, to);
            return Learn(variable, type);
        }

        if (from.Kind == CelTypeKind.Dyn || to.Kind == CelTypeKind.Dyn)
        {
            return true;
        }

        if (from.Kind == CelTypeKind.Null || to.Kind == CelTypeKind.Null)
        {
            return Nullable(from) && Nullable(to);
        }

        if (from.Kind == CelTypeKind.Type && to.Kind == CelTypeKind.Type)
        {
            return true;
        }

        return from.Kind == to.Kind && (from.Kind is CelTypeKind.List or CelTypeKind.Map || from.Name == to.Name)
            && from.Arguments.Count == to.Arguments.Count && from.Arguments.Zip(to.Arguments).All(pair => Assignable(pair.First, pair.Second));
    }

    private static bool Nullable(CelType type) =>
        type.Kind is CelTypeKind.Null or CelTypeKind.Object or CelTypeKind.Abstract or CelTypeKind.Timestamp or CelTypeKind.Duration;

    /// <summary>The variable at the end of a chain of variables, or its type where that is no longer to be widened.</summary>
    private CelType Resolve(CelType type)
    {
        while (type.Kind == CelTypeKind.Parameter && _known.TryGetValue(type.Name, out var known) && known.Kind == CelTypeKind.Parameter)
        {
            type = known;
        }

        return type;
    }

    private bool Learn(CelType variable, CelType type)
    {
        if (variable.Equals(type))
        {
            return true;
        }

        if (!_known.TryGetValue(variable.Name, out var known))
        {
            if (Occurs(variable, type))
            {
                return false;
            }

            Set(variable.Name, type);
            return true;
        }

        var other = type.Kind == CelTypeKind.Parameter && _known.TryGetValue(type.Name, out var its) ? its : type;
        if (other.Equals(known))
        {
            return true;
        }

        if (!Assignable(other, known))
        {
            return false;
        }

        var general = MostGeneral(other, known);
        if (!Occurs(variable, general))
        {
            Set(variable.Name, general);
        }

        return true;
    }

    private bool Occurs(CelType variable, CelType inside)
    {
        inside = inside.Kind == CelTypeKind.Parameter && _known.TryGetValue(inside.Name, out var known) ? known : inside;
        return inside.Equals(variable) || inside.Arguments.Any(argument => Occurs(variable, argument));
    }

    private static CelType Rename(CelType type, Dictionary<string, CelType> renamed, Func<CelType> fresh) => type.Kind switch
    {
        CelTypeKind.Parameter => renamed.TryGetValue(type.Name, out var found) ? found : renamed[type.Name] = fresh(),
        CelTypeKind.List => CelType.List(Rename(type.Arguments[0], renamed, fresh)),
        CelTypeKind.Map => CelType.Map(Rename(type.Arguments[0], renamed, fresh), Rename(type.Arguments[1], renamed, fresh)),
        CelTypeKind.Type => CelType.TypeOf(Rename(type.Arguments[0], renamed, fresh)),
        CelTypeKind.Abstract when type.Arguments.Count > 0 =>
            CelType.Abstract(type.Name, [.. type.Arguments.Select(argument => Rename(argument, renamed, fresh))]),
        _ => type,
    };

    private CelType Rename(CelType type, Dictionary<string, CelType> renamed) => Rename(type, renamed, Fresh);

    private void Set(string name, CelType type)
    {
        _trail.Push((name, _known.GetValueOrDefault(name)));
        _known[name] = type;
    }

    private void Undo(int mark)
    {
        while (_trail.Count > mark)
        {
            var (name, before) = _trail.Pop();
            if (before is null)
            {
                _known.Remove(name);
            }
            else
            {
                _known[name] = before;
            }
        }
    }
}
