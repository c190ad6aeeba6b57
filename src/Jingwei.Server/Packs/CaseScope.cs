using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>
/// What the conditions of a case type's tasks may name: `severity`, the fields by their names as in rules, and all of them in `fields`, so that
/// has(fields.x) tells whether one has a value. Checking and running use the same scope. Functions of plug-ins are not among it: a case goes by the
/// version that it began with, also when the plug-in is gone.
/// </summary>
internal sealed class CaseScope
{
    private const string Severity = "severity";
    private const string Fields = "fields";

    private readonly ImmutableArray<string> names;
    private readonly CelObjectType all;

    public CaseScope(IEnumerable<(string Id, PropertyKind Kind)> fields)
    {
        var declared = fields.DistinctBy(field => field.Id).Select(field => (field.Id, Type: ExpressionScope.TypeOf(field.Kind))).ToList();
        names = [.. declared.Select(field => field.Id)];
        all = new("Fields", declared.Select(field => new CelField(field.Id, field.Type)));
        CelVariable[] own = [new(Severity, CelType.String), new(Fields, all.Type)];
        Environment = new(own.Concat(declared.Select(field => new CelVariable(field.Id, field.Type))).DistinctBy(variable => variable.Name), [all]);
    }

    public CelEnvironment Environment { get; }

    /// <summary>What an expression of this scope is evaluated over.</summary>
    /// <param name="value">A field's value; unset where it has none.</param>
    public CelValue[] Slots(string severity, Func<string, CelValue> value)
    {
        var values = names.ToDictionary(name => name, value, StringComparer.Ordinal);
        (string, CelValue)[] own = [(Severity, severity), (Fields, CelValue.Of(new CelObject(all, [.. names.Select(name => values[name])])))];
        return Environment.Bind(own.Concat(values.Where(each => each.Key is not (Severity or Fields)).Select(each => (each.Key, each.Value))));
    }
}
