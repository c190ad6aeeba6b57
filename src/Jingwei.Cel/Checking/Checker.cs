using Jingwei.Cel.Library;
using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Checking;

/// <summary>Finds the type of every expression and lists what cannot work (language definition, "Gradual Type Checking").</summary>
internal sealed class Checker(CelEnvironment environment, SourceText source, List<CelIssue> issues)
{
    private readonly Names _names = new(environment);
    private readonly Substitution _types = new();

    // The one whose arguments are being looked at.
    private CelAggregate? _aggregate;

    /// <summary>The type of the whole expression.</summary>
    public CelType Check(Expr expression, CelType? expected)
    {
        var type = Visit(expression, null);
        if (issues.Count == 0 && expected is not null && !_types.Assign(type, expected))
        {
            Report(0, $"the expression gives {_types.Apply(type, final: true)}, but {expected} is needed here");
        }

        return _types.Apply(type, final: true);
    }

    private CelType Visit(Expr expression, Local? scope) => expression switch
    {
        Literal literal => Rendering.TypeOf(literal.Value),
        Ident ident => Name(ident, scope),
        Select select => Field(select, scope),
        Call call => Function(call, scope),
        Logic logic => Operands(logic, scope),
        Conditional conditional => Choice(conditional, scope),
        ListExpr list => CelType.List(Common(list.Elements, scope)),
        MapExpr map => CelType.Map(
            Key(Common(map.Entries.Select(entry => entry.Key), scope)), Common(map.Entries.Select(entry => entry.Value), scope)),
        ObjectExpr item => NewObject(item, scope),
        Comprehension comprehension => Macro(comprehension, scope),
        OptionalPart part => Part(part, scope),
        OptionalMap map => Mapped(map, scope),
        _ => Bound((Bind)expression, scope),
    };

    private CelType Name(Ident ident, Local? scope)
    {
        if (!ident.Absolute && Local.Find(scope, ident.Name) is { } local)
        {
            return local.Type;
        }

        if (Dotted(ident, scope) is { } type)
        {
            return type;
        }

        var known = environment.Variables.Select(variable => variable.Name).Concat(StandardTypes.Names);
        for (var inner = scope; inner is not null; inner = inner.Outer)
        {
            known = known.Append(inner.Name);
        }

        return Report(ident.Offset, $"unknown name '{ident.Name}'{Suggestions.For(ident.Name, known)}");
    }

    private CelType? Dotted(Expr expression, Local? scope)
    {
        if (Names.Dotted(expression, scope) is not { } dotted)
        {
            return null;
        }

        var slot = _names.Variable(dotted.Name, dotted.Absolute);
        return slot >= 0 ? environment.Variables[slot].Type
            : _names.TypeValue(dotted.Name, dotted.Absolute) is { } type ? CelType.TypeOf(type)
            : null;
    }

    private CelType Field(Select select, Local? scope)
    {
        if (Dotted(select, scope) is { } variable)
        {
            return variable;
        }

        var operand = _types.Apply(Visit(select.Operand, scope));
        var type = operand.IsOptional ? operand.Arguments[0] : operand;
        var result = type.Kind switch
        {
            CelTypeKind.Map => type.Arguments[1],
            CelTypeKind.Object => FieldOf(select, type),
            CelTypeKind.Dyn => CelType.Dyn,
            CelTypeKind.Parameter when _types.Assign(type, CelType.Dyn) => CelType.Dyn,
            _ => Report(select.Offset, $"{type} has no fields, so '.{select.Field}' cannot be read from it"),
        };
        return select.Kind == SelectKind.Test ? CelType.Bool
            : select.Kind == SelectKind.Optional || operand.IsOptional ? CelType.Optional(result)
            : result;
    }

    private CelType FieldOf(Select select, CelType type)
    {
        var declared = environment.ObjectType(type.Name);
        var index = declared?.IndexOf(select.Field) ?? -1;
        return index >= 0
            ? declared!.Fields[index].Type
            : Report(
                select.Offset,
                $"{type} has no field '{select.Field}'{Suggestions.For(select.Field, declared?.Fields.Select(field => field.Name) ?? [])}");
    }

    private CelType Operands(Logic logic, Local? scope)
    {
        foreach (var operand in logic.Operands)
        {
            Require(operand, scope, $"'{(logic.IsAnd ? "&&" : "||")}' joins conditions");
        }

        return CelType.Bool;
    }

    private CelType Choice(Conditional conditional, Local? scope)
    {
        Require(conditional.Test, scope, "before '?' stands a condition");
        var first = Visit(conditional.WhenTrue, scope);
        var second = Visit(conditional.WhenFalse, scope);
        var result = _types.Fresh();
        return _types.Assign([first, second], [result, result])
            ? _types.Apply(result)
            : Report(
                conditional.Offset,
                $"both sides of ':' must have one type, not {_types.Apply(first, true)} and {_types.Apply(second, true)}");
    }

    private void Require(Expr expression, Local? scope, string why)
    {
        var type = Visit(expression, scope);
        if (!_types.Assign(type, CelType.Bool))
        {
            Report(expression.Offset, $"{why}, and this is {_types.Apply(type, final: true)}, not bool");
        }
    }

    private CelType Common(IEnumerable<Expr> expressions, Local? scope)
    {
        CelType? common = null;
        foreach (var expression in expressions)
        {
            var type = Visit(expression, scope);
            common = common is null ? type : _types.Join(common, type);
        }

        return common ?? _types.Fresh();
    }

    /// <summary>
    /// Keys of other types fail when they are made, so the checker need not follow them; did it, the type of a map of maps
    /// could double with every step of a chain.
    /// </summary>
    private static CelType Key(CelType type) =>
        type.Kind is CelTypeKind.Bool or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.String ? type : CelType.Dyn;

    private CelType NewObject(ObjectExpr item, Local? scope)
    {
        var declared = _names.ObjectType(item.TypeName, item.Absolute);
        foreach (var (offset, name, value) in item.Fields)
        {
            var type = Visit(value, scope);
            var index = declared?.IndexOf(name) ?? -1;
            if (declared is not null && index < 0)
            {
                Report(offset, $"{declared.Name} has no field '{name}'{Suggestions.For(name, declared.Fields.Select(field => field.Name))}");
            }
            else if (declared is not null && type.Kind != CelTypeKind.Null && !_types.Assign(type, declared.Fields[index].Type))
            {
                Report(offset, $"the field '{name}' is {declared.Fields[index].Type}, not {_types.Apply(type, final: true)}");
            }
        }

        return declared?.Type ?? Report(
            item.Offset, $"unknown object type '{item.TypeName}'{Suggestions.For(item.TypeName, environment.ObjectTypes.Select(type => type.Name))}");
    }

    private CelType Part(OptionalPart part, Local? scope)
    {
        var type = _types.Apply(Visit(part.Value, scope));
        return Inside(type) ?? Report(
            part.Offset, $"after '?' stands an optional value, and this is {_types.Apply(type, final: true)}: leave the '?' out, or write optional.of(...)");
    }

    private CelType Mapped(OptionalMap map, Local? scope)
    {
        var name = map.Flat ? "optFlatMap" : "optMap";
        var target = _types.Apply(Visit(map.Target, scope));
        var value = Inside(target) ?? Report(map.Target.Offset, $"{name}() goes on from an optional value, and this is {_types.Apply(target, final: true)}");
        var body = _types.Apply(Visit(map.Body, Scopes.Add(scope, map.Variable, value)));
        if (!map.Flat)
        {
            return CelType.Optional(body);
        }

        return Inside(body) is { } inside
            ? CelType.Optional(inside)
            : Report(map.Body.Offset, $"optFlatMap() takes an expression that gives an optional value, and this is {_types.Apply(body, final: true)}: use optMap()");
    }

    /// <summary>The type of the value in an optional; null where it is none.</summary>
    private CelType? Inside(CelType type) =>
        type.IsOptional ? type.Arguments[0]
        : type.Kind == CelTypeKind.Dyn || (type.Kind == CelTypeKind.Parameter && _types.Assign(type, CelType.Dyn)) ? CelType.Dyn
        : null;

    private CelType Bound(Bind bind, Local? scope) =>
        Visit(bind.Body, Scopes.Add(scope, bind.Name, _types.Apply(Visit(bind.Value, scope))));

    private CelType Macro(Comprehension macro, Local? scope)
    {
        var range = _types.Apply(Visit(macro.Range, scope));
        var (first, second) = range.Kind switch
        {
            CelTypeKind.List when macro.Second is null => (range.Arguments[0], CelType.Dyn),
            CelTypeKind.List => (CelType.Int, range.Arguments[0]),
            CelTypeKind.Map => (range.Arguments[0], range.Arguments[1]),
            CelTypeKind.Dyn => (CelType.Dyn, CelType.Dyn),
            CelTypeKind.Parameter when _types.Assign(range, CelType.Dyn) => (CelType.Dyn, CelType.Dyn),
            _ => (Report(macro.Range.Offset, $"a list or map is needed to go through, and this is {range}"), CelType.Dyn),
        };
        var inner = Scopes.Of(macro, scope, first, second);
        if (macro.Predicate is not null)
        {
            Require(macro.Predicate, inner, "here stands a condition");
        }

        var body = macro.Body is null ? CelType.Dyn : Visit(macro.Body, inner);
        switch (macro.Kind)
        {
            case ComprehensionKind.Map:
                return CelType.List(body);
            case ComprehensionKind.Filter:
                return CelType.List(first);
            case ComprehensionKind.TransformMap:
                return CelType.Map(first, body);
            case ComprehensionKind.TransformMapEntry:
                return _types.Assign(body, CelType.Map(_types.Fresh(), _types.Fresh()))
                    ? body : Report(macro.Body!.Offset, $"here stands a map of one entry, not {_types.Apply(body, final: true)}");
            default:
                return CelType.Bool;
        }
    }

    private CelType Function(Call call, Local? scope)
    {
        var qualified = call.Target is null ? null : Names.Dotted(call.Target, scope);
        if (qualified is { } prefix && _names.Function($"{prefix.Name}.{call.Function}", prefix.Absolute) is { } named)
        {
            return Resolve(call, named, [.. call.Arguments.Select(argument => Visit(argument, scope))], isMember: false);
        }

        var entry = call.Target is null ? _names.Function(call.Function, call.Absolute) : environment.Function(call.Function);
        var outer = _aggregate;
        if (entry?.Aggregate is { } aggregate)
        {
            CheckAggregate(call, aggregate, scope);
            _aggregate = aggregate;
        }

        var arguments = call.Arguments.Select(argument => Visit(argument, scope)).ToList();
        _aggregate = outer;
        if (entry is null)
        {
            var full = qualified is { } path && IsNamespace(path.Name) ? $"{path.Name}.{call.Function}" : call.Function;
            return Report(call.Offset, $"unknown function '{full}'{Suggestions.For(full, environment.FunctionNames)}");
        }

        if (call.Target is not null)
        {
            arguments.Insert(0, Visit(call.Target, scope));
        }

        return Resolve(call, entry, arguments, isMember: call.Target is not null);
    }

    /// <summary>Whether functions are named with this prefix, as in math.abs, and it is no variable.</summary>
    private bool IsNamespace(string name) =>
        _names.Variable(name, absolute: false) < 0
        && (name == "cel" || environment.FunctionNames.Any(function => function.StartsWith(name + ".", StringComparison.Ordinal)));

    private CelType Resolve(Call call, FunctionEntry entry, List<CelType> arguments, bool isMember)
    {
        CelType? result = null;
        foreach (var declared in entry.Signatures)
        {
            if (declared.IsMember != isMember || declared.Parameters.Count != arguments.Count)
            {
                continue;
            }

            var signature = _types.Instantiate(declared);
            if (!_types.Assign(arguments, signature.Parameters))
            {
                continue;
            }

            var found = _types.Apply(signature.Result);
            result = result is null || result.Equals(found) ? found : CelType.Dyn;
        }

        return result ?? Report(
            call.Offset, Mismatch.Explain(entry, isMember, [.. arguments.Select(type => _types.Apply(type, final: true))]));
    }

    private void CheckAggregate(Call call, CelAggregate aggregate, Local? scope)
    {
        if (scope is not null || _aggregate is not null)
        {
            Report(call.Offset, $"{aggregate.Name}() cannot stand inside {(scope is null ? $"{_aggregate!.Name}()" : "a macro")}");
            return;
        }

        var literals = call.Arguments.Skip(1).OfType<Literal>().Select(literal => literal.Value).ToList();
        if (literals.Count + 1 < call.Arguments.Count)
        {
            Report(call.Offset, $"the arguments of {aggregate.Name}() after the first are written out, not computed");
        }
        else if (aggregate.Check?.Invoke(literals) is { } fault)
        {
            Report(call.Offset, fault);
        }
    }

    /// <summary>Notes an issue; the type dyn keeps one mistake from being reported twice.</summary>
    private CelType Report(int offset, string message)
    {
        issues.Add(source.Issue(offset, message));
        return CelType.Dyn;
    }
}
