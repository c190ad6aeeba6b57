using Jingwei.Cel.Checking;
using Jingwei.Cel.Library;
using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Planning;

/// <summary>Turns a syntax tree into delegates. Names are resolved, constants folded and places kept for errors.</summary>
/// <param name="aggregates">Where the aggregates that it uses are gathered; null where none may stand: inside one.</param>
internal sealed class Planner(CelEnvironment environment, SourceText source, CelAggregateUses? aggregates)
{
    private readonly Names _names = new(environment);
    private readonly VariableUses _uses = new(environment);
    private readonly List<CelCallSite> _calls = [];
    private readonly List<CelAggregateUse> _aggregates = [];
    private int _locals;

    public CelProgram Plan(Expr tree, CelType type)
    {
        var step = Visit(tree, null);
        return new CelProgram(
            source.Text, type, step.Run, _locals, environment.Limits.EvaluationSteps, _uses.ToList(), _aggregates,
            [.. _calls.OrderBy(call => call.Line).ThenBy(call => call.Column)], new RangePlanner(environment).Plan(tree));
    }

    private Step Visit(Expr expression, Local? scope) => expression switch
    {
        Literal literal => Step.Of(literal.Value),
        Ident ident => Name(ident, scope),
        Select select => Field(select, scope),
        Call call => Function(call, scope),
        Logic logic => new(Logical.Chain(logic.IsAnd, Run(logic.Operands, scope), [.. logic.Operands.Select(At)])),
        Conditional choice => new(Logical.Choice(
            Visit(choice.Test, scope).Run, Visit(choice.WhenTrue, scope).Run, Visit(choice.WhenFalse, scope).Run, At(choice.Test))),
        ListExpr list => NewList(list, scope),
        MapExpr map => NewMap(map, scope),
        ObjectExpr item => NewObject(item, scope),
        Comprehension macro => Macro(macro, scope),
        OptionalPart part => OptionalSteps.Part(Visit(part.Value, scope).Run, At(part)),
        OptionalMap map => Mapped(map, scope),
        _ => Bound((Bind)expression, scope),
    };

    private Place At(Expr expression) => new(source, expression.Offset);

    private Evaluator[] Run(IEnumerable<Expr> expressions, Local? scope) => [.. expressions.Select(expression => Visit(expression, scope).Run)];

    private Step Name(Ident ident, Local? scope)
    {
        if (!ident.Absolute && Local.Find(scope, ident.Name) is { } local)
        {
            var index = local.Index;
            return new((ref Frame frame) => frame.Locals[index]);
        }

        return Dotted(ident, scope) ?? Failing(ident, CelErrorCode.Unbound, $"unknown name '{ident.Name}'");
    }

    private Step? Dotted(Expr expression, Local? scope, string? field = null)
    {
        if (Names.Dotted(expression, scope) is not { } dotted)
        {
            return null;
        }

        var slot = _names.Variable(dotted.Name, dotted.Absolute);
        if (slot >= 0)
        {
            _uses.Add(slot, field);
            return Variable(expression, slot);
        }

        return _names.TypeValue(dotted.Name, dotted.Absolute) is { } type ? Step.Of(CelValue.Of(type)) : null;
    }

    private Step Variable(Expr expression, int slot)
    {
        var name = environment.Variables[slot].Name;
        var unbound = At(expression).Mark(CelValue.Error(CelErrorCode.Unbound, $"'{name}' has no value"));
        Evaluator run = (ref Frame frame) =>
        {
            ref readonly var value = ref frame.Slots[slot];
            return value.Kind != CelKind.Unset ? value : unbound;
        };
        return new(run, Slot: slot);
    }

    private Step Failing(Expr expression, CelErrorCode code, string message)
    {
        var error = At(expression).Mark(CelValue.Error(code, message));
        return new((ref Frame _) => error);
    }

    private Step Field(Select select, Local? scope)
    {
        if (Dotted(select, scope) is { } variable)
        {
            return variable;
        }

        var operand = (Dotted(select.Operand, scope, select.Field) ?? Visit(select.Operand, scope)).Run;
        var (name, place, kind) = (CelValue.Of(select.Field), At(select), select.Kind);
        if (kind != SelectKind.Field)
        {
            return new((ref Frame frame) =>
            {
                var value = operand(ref frame);
                return value.Kind == CelKind.Error ? value
                    : place.Mark(kind == SelectKind.Test ? Access.Has(value, name) : Optionals.Field(value, name));
            });
        }

        return new((ref Frame frame) =>
        {
            var value = operand(ref frame);
            return value.Kind == CelKind.Error ? value : place.Mark(Access.Field(value, name));
        });
    }

    private Step Function(Call call, Local? scope)
    {
        var qualified = call.Target is null ? null : Names.Dotted(call.Target, scope);
        if (qualified is { } prefix && _names.Function($"{prefix.Name}.{call.Function}", prefix.Absolute) is { } named)
        {
            return Apply(call, named, call.Arguments, scope, isMember: false);
        }

        var arguments = call.Target is null ? call.Arguments : [call.Target, .. call.Arguments];
        var entry = call.Target is null ? _names.Function(call.Function, call.Absolute) : environment.Function(call.Function);
        return entry is null
            ? Failing(call, CelErrorCode.NoMatchingOverload, $"unknown function '{call.Function}'")
            : Apply(call, entry, arguments, scope, isMember: call.Target is not null);
    }

    private Step Apply(Call call, FunctionEntry entry, IReadOnlyList<Expr> arguments, Local? scope, bool isMember)
    {
        if (entry.Aggregate is { } aggregate)
        {
            return Aggregate(call, aggregate, arguments, scope);
        }

        var steps = arguments.Select(argument => Visit(argument, scope)).ToArray();
        var place = At(call);
        if (entry.Host is { } host)
        {
            var (line, column) = source.Locate(call.Offset);
            _calls.Add(new CelCallSite(entry.Name, [.. steps.Select(step => step.Constant ?? default)], line, column));
            return new(HostCalls.Plan(host, isMember, [.. steps.Select(step => step.Run)], place));
        }

        IReadOnlyList<CelType>[] forms = [.. entry.Signatures
            .Where(signature => signature.IsMember == isMember && signature.Parameters.Count == steps.Length)
            .Select(signature => signature.Parameters)];
        Step? planned = (forms.Length > 0 ? steps.Length : -1) switch
        {
            >= 0 when entry.Many is { } many => Calls.Plan(entry.Name, many, forms, [.. steps.Select(step => step.Run)], place),
            2 when entry.Lazy is { } lazy => lazy(steps[0], steps[1], place),
            1 when entry.One is { } one => Calls.Plan(one, steps[0], place),
            2 when entry.Two is { } two => ShortWays.TryPlan(entry.Name, two, steps[0], steps[1], place) ?? Calls.Plan(two, steps[0], steps[1], place),
            _ => null,
        };
        return planned is not { } step
            ? Failing(call, CelErrorCode.NoMatchingOverload, $"no such overload: {entry.Name} with {steps.Length} arguments")
            : steps.All(argument => argument.Constant is not null) ? Folding.Fold(step) : step;
    }

    private Step Aggregate(Call call, CelAggregate aggregate, IReadOnlyList<Expr> arguments, Local? scope)
    {
        if (aggregates is null || scope is not null)
        {
            return Failing(call, CelErrorCode.NoMatchingOverload, $"{aggregate.Name}() cannot stand here");
        }

        var use = aggregates.Add(
            environment, aggregate, source.Text[call.Offset..call.End], () => new Planner(environment, source, null).Plan(arguments[0], CelType.Dyn),
            [.. arguments.Skip(1).Select(argument => argument is Literal literal ? literal.Value : default)]);
        if (!_aggregates.Contains(use))
        {
            _aggregates.Add(use);
        }

        var (slot, unbound) = (use.Slot, At(call).Mark(CelValue.Error(CelErrorCode.Unbound, $"'{use.Text}' has no value")));
        return new((ref Frame frame) => frame.Slots[slot] is { Kind: not CelKind.Unset } value ? value : unbound, Slot: slot);
    }

    private Step NewList(ListExpr list, Local? scope)
    {
        var steps = list.Elements.Select(element => Visit(element, scope)).ToArray();
        if (steps.All(step => step.Constant is not null))
        {
            return Step.Of(CelValue.ListOf([.. steps.Select(step => step.Constant!.Value)]));
        }

        Evaluator[] elements = [.. steps.Select(step => step.Run)];
        return new(list.Elements.Any(element => element is OptionalPart) ? Aggregates.ListOfPresent(elements) : Aggregates.List(elements));
    }

    private Step NewMap(MapExpr map, Local? scope)
    {
        var keys = map.Entries.Select(entry => Visit(entry.Key, scope)).ToArray();
        var values = map.Entries.Select(entry => Visit(entry.Value, scope)).ToArray();
        var step = new Step(Aggregates.Map([.. keys.Select(key => key.Run)], [.. values.Select(value => value.Run)], At(map)));
        return keys.Concat(values).All(part => part.Constant is not null) ? Folding.Fold(step) : step;
    }

    private Step NewObject(ObjectExpr item, Local? scope)
    {
        if (_names.ObjectType(item.TypeName, item.Absolute) is not { } type)
        {
            return Failing(item, CelErrorCode.Unbound, $"unknown object type '{item.TypeName}'");
        }

        var unknown = item.Fields.FirstOrDefault(field => type.IndexOf(field.Name) < 0);
        return unknown.Name is not null
            ? Failing(item, CelErrorCode.NotFound, $"no such field: '{unknown.Name}' in {type.Name}")
            : new(Aggregates.Object(
                type, [.. item.Fields.Select(field => type.IndexOf(field.Name))], Run(item.Fields.Select(field => field.Value), scope)));
    }

    private Step Macro(Comprehension macro, Local? scope)
    {
        var inner = Scopes.Of(macro, scope, CelType.Dyn, CelType.Dyn);
        _locals = Math.Max(_locals, inner.Index + 1);
        return new(Loops.Plan(new Loop
        {
            Kind = macro.Kind,
            Range = Visit(macro.Range, scope).Run,
            Predicate = macro.Predicate is null ? null : Visit(macro.Predicate, inner).Run,
            Body = macro.Body is null ? null : Visit(macro.Body, inner).Run,
            First = (scope?.Index ?? -1) + 1,
            Two = macro.Second is not null,
            // A round costs as many steps as it may run nodes.
            Cost = macro.Size - macro.Range.Size,
            Place = At(macro),
        }));
    }

    private Step Mapped(OptionalMap map, Local? scope)
    {
        var target = Visit(map.Target, scope).Run;
        var inner = Scopes.Add(scope, map.Variable, CelType.Dyn);
        _locals = Math.Max(_locals, inner.Index + 1);
        return OptionalSteps.Map(target, inner.Index, Visit(map.Body, inner).Run, map.Flat, At(map));
    }

    private Step Bound(Bind bind, Local? scope)
    {
        var value = Visit(bind.Value, scope).Run;
        var inner = Scopes.Add(scope, bind.Name, CelType.Dyn);
        var index = inner.Index;
        _locals = Math.Max(_locals, index + 1);
        var body = Visit(bind.Body, inner).Run;
        return new((ref Frame frame) =>
        {
            frame.Locals[index] = value(ref frame);
            return body(ref frame);
        });
    }
}
