using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Jingwei.Cel;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Which tasks of a plan are part of a case, by its severity and fields.</summary>
internal sealed class CaseConditions
{
    // Types live as long as their packs or the cases that go by them, and what was compiled with them.
    private static readonly ConditionalWeakTable<CaseType, CaseConditions> Known = [];

    private readonly CaseType type;
    private readonly CaseScope scope;
    private readonly ImmutableDictionary<string, CelProgram> programs;

    private CaseConditions(CaseType type)
    {
        this.type = type;
        scope = new(type.Fields.Select(field => (field.Id, field.Kind)));
        programs = type.Plan
            .Where(task => task.When is not null)
            .Select(task => (task.Id, scope.Environment.Compile(task.When!, CelType.Bool).Program))
            .Where(each => each.Program is not null)
            .ToImmutableDictionary(each => each.Id, each => each.Program!);
    }

    /// <summary>The tasks whose condition holds, in the order of the plan. A condition that asks for a field without a value does not hold.</summary>
    /// <param name="field">A field's value; null for none.</param>
    public static ImmutableArray<PlanTask> Holding(CaseType type, Band severity, Func<string, FieldValue?> field) =>
        type.HasConditions() ? Known.GetValue(type, static each => new(each)).Holding(severity, field) : type.Plan;

    /// <inheritdoc cref="Holding(CaseType, Band, Func{string, FieldValue?})"/>
    public static ImmutableArray<PlanTask> Holding(CaseType type, Case state) =>
        Holding(type, state.Severity, id => state.Fields.TryGetValue(id, out var value) ? value : null);

    private ImmutableArray<PlanTask> Holding(Band severity, Func<string, FieldValue?> field)
    {
        var slots = scope.Slots(CaseProjection.SeverityText(severity), id => field(id) is { } value ? ValueOf(type.Fields.First(each => each.Id == id).Kind, value) : default);
        return [.. type.Plan.Where(task => task.When is null || Holds(task.Id, slots))];
    }

    // A condition of a kept version that cannot be compiled any more: rather one task too many than one that nobody thinks of.
    private bool Holds(string task, CelValue[] slots) => !programs.TryGetValue(task, out var program) || program.Evaluate(slots).IsTrue;

    private static CelValue ValueOf(PropertyKind kind, FieldValue value)
    {
        using var json = JsonDocument.Parse(value.Json);
        var element = json.RootElement;
        return kind switch
        {
            PropertyKind.Number => CelValue.Of(element.GetDouble()),
            PropertyKind.Boolean => CelValue.Of(element.GetBoolean()),
            PropertyKind.Position => PositionOf(element.GetString()!.Split(' ')),
            _ => CelValue.Of(element.GetString()!),
        };
    }

    private static CelValue PositionOf(string[] parts) => CelValue.Of(CelMap.FromText(
        [new("lon", double.Parse(parts[0], CultureInfo.InvariantCulture)), new("lat", double.Parse(parts[1], CultureInfo.InvariantCulture))]));
}
