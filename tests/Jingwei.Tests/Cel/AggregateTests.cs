using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

public class AggregateTests
{
    private static readonly CelAggregate Average = new(
        "avg", "The mean.", [new CelAggregateForm(CelType.Double, [CelType.String], CelType.Double)],
        arguments => arguments is [{ Kind: CelKind.String } span] && span.AsString() == "never" ? "'never' is no length" : null);

    private static readonly CelAggregate Count = new("count", "How often.", [new CelAggregateForm(CelType.Bool, [CelType.String], CelType.Int)]);

    private static readonly CelEnvironment Scope =
        new([new("load", CelType.Double), new("hot", CelType.Bool)], aggregates: [Average, Count]);

    [Fact]
    public void The_first_argument_is_a_program_and_the_call_gives_what_the_host_put_into_its_slot()
    {
        var uses = new CelAggregateUses(firstSlot: 5);
        var program = Scope.Compile("load > avg(load * 2.0, '10m') + 1.0", CelType.Bool, uses).Require();

        var use = Assert.Single(uses.All);
        Assert.Equal(("avg(load * 2.0, '10m')", 5), (use.Text, use.Slot));
        Assert.Equal("10m", Assert.Single(use.Arguments).AsString());
        Assert.Equal(8.0, use.Of.Evaluate([4.0, default]).AsDouble());
        Assert.Equal([use], program.Aggregates);
        Assert.True(program.Evaluate([4.0, default, default, default, default, 2.5]).IsTrue);
        Assert.True(program.Evaluate([4.0, default, default, default, default, 3.5]).IsFalse);
    }

    [Fact]
    public void Programs_that_write_the_same_call_share_one_slot()
    {
        var uses = new CelAggregateUses(firstSlot: 2);
        var first = Scope.Compile("avg(load, '10m') > 1.0 || count(hot, '1h') > 3", CelType.Bool, uses).Require();
        var second = Scope.Compile("avg(load, '10m') > 2.0", CelType.Bool, uses).Require();

        Assert.Equal(["avg(load, '10m')", "count(hot, '1h')"], uses.All.Select(use => use.Text));
        Assert.Equal([2, 3], first.Aggregates.Select(use => use.Slot));
        Assert.Equal([2], second.Aggregates.Select(use => use.Slot));
    }

    [Fact]
    public void A_slot_without_a_value_is_an_error_that_names_the_call()
    {
        var program = Scope.Compile("1.0 + avg(load, '10m')").Require();

        var result = program.Evaluate([4.0, true, default]);
        Assert.Equal((CelErrorCode.Unbound, 7), (result.AsError().Code, result.AsError().Column));
        Assert.Contains("avg(load, '10m')", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avg(hot, '10m') > 1.0", "1:1: no form of 'avg' fits avg(bool, string); there is avg(double, string)")]
    [InlineData("avg(load, '1' + '0m') > 1.0", "1:1: the arguments of avg() after the first are written out, not computed")]
    [InlineData("avg(load, 'never') > 1.0", "1:1: 'never' is no length")]
    [InlineData("avg(avg(load, '1m'), '10m') > 1.0", "1:5: avg() cannot stand inside avg()")]
    [InlineData("[1.0].exists(x, x > avg(load, '1m'))", "1:21: avg() cannot stand inside a macro")]
    public void A_wrong_call_is_told_with_its_place(string source, string issue)
    {
        var compilation = Scope.Compile(source, CelType.Bool);

        Assert.Null(compilation.Program);
        Assert.Equal(issue, Assert.Single(compilation.Issues).ToString());
    }
}
