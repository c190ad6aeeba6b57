using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Optional values: the language's optional types, in the second version of the reference implementation's library.</summary>
public sealed class OptionalTests
{
    private static readonly CelObjectType Order = new("Order", [new("customer", CelType.String), new("lines", CelType.List(CelType.Int))]);

    private static readonly CelEnvironment Shop = new(
        [new("order", Order.Type), new("m", CelType.Map(CelType.String, CelType.Double)), new("d", CelType.Dyn)], [Order]);

    private static readonly CelValue[] Slots = Shop.Bind(
        ("order", CelValue.Of(new CelObject(Order, "Li", default))),
        ("m", CelValue.Of(CelMap.FromText([new("lon", 113.3)]))),
        ("d", CelValue.ListOf(1)));

    [Theory]
    [InlineData("optional.of(1)", "optional.of(1)")]
    [InlineData("optional.of(null)", "optional.of(null)")]
    [InlineData("optional.none()", "optional.none()")]
    [InlineData("type(optional.none())", "optional_type")]
    [InlineData("[optional.none(), optional.of(1)].unwrapOpt()", "[1]")]
    [InlineData("optional.unwrap([optional.of('a'), optional.none(), optional.of('b')])", "[\"a\", \"b\"]")]
    [InlineData("[1, 2, 3].first()", "optional.of(1)")]
    [InlineData("[1, 2, 3].last()", "optional.of(3)")]
    [InlineData("[].first()", "optional.none()")]
    [InlineData("[].last()", "optional.none()")]
    public void Optionals_are_made_of_values_and_of_lists(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("0u")]
    [InlineData("-0.0")]
    [InlineData("''")]
    [InlineData("b''")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("duration('0s')")]
    [InlineData("timestamp(0)")]
    public void The_empty_value_of_a_type_is_no_non_zero_value(string zero) =>
        Assert.False(Evaluation.Value($"optional.ofNonZeroValue({zero}).hasValue()").AsBool());

    [Theory]
    [InlineData("true")]
    [InlineData("-1")]
    [InlineData("0.0 / 0.0")]
    [InlineData("' '")]
    [InlineData("[0]")]
    [InlineData("{'a': null}")]
    [InlineData("duration('1ns')")]
    [InlineData("int")]
    [InlineData("optional.none()")]
    public void Any_other_value_is_one(string value) =>
        Assert.True(Evaluation.Value($"optional.ofNonZeroValue({value}).hasValue()").AsBool());

    [Theory]
    [InlineData("{'a': 1}.?a", "optional.of(1)")]
    [InlineData("{'a': 1}.?b", "optional.none()")]
    [InlineData("{'a-b': 1}.?`a-b`", "optional.of(1)")]
    [InlineData("{'a': 1}[?'a']", "optional.of(1)")]
    [InlineData("{1: 'a'}[?dyn(1.0)]", "optional.of(\"a\")")]
    [InlineData("[5, 6][?1]", "optional.of(6)")]
    [InlineData("[5, 6][?2]", "optional.none()")]
    [InlineData("[5, 6][?-1]", "optional.none()")]
    [InlineData("{'a': optional.of(1)}.?a", "optional.of(optional.of(1))")]
    public void A_question_mark_reads_what_may_be_missing(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("{'a': {'b': 2}}.?a.b", "optional.of(2)")]
    [InlineData("{'a': {'b': 2}}.?a.c", "optional.none()")]
    [InlineData("{'a': {'b': 2}}.?x.b", "optional.none()")]
    [InlineData("{'a': {'b': [7]}}.?a.b[0]", "optional.of(7)")]
    [InlineData("{'a': {'b': [7]}}.?a.?b[?1]", "optional.none()")]
    [InlineData("optional.of({'a': 1})['a']", "optional.of(1)")]
    [InlineData("optional.none()['a']", "optional.none()")]
    [InlineData("has({'a': {'b': 2}}.?a.b)", "true")]
    [InlineData("has({'a': {'b': 2}}.?a.c) || has({'a': {'b': 2}}.?x.b)", "false")]
    public void After_one_optional_step_all_steps_are_optional(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("order.?customer", "optional.of(\"Li\")")]
    [InlineData("order.?lines", "optional.none()")]
    [InlineData("order.?lines[0].orValue(-1)", "-1")]
    [InlineData("optional.of(order).customer", "optional.of(\"Li\")")]
    [InlineData("optional.ofNonZeroValue(Order{}).hasValue()", "false")]
    [InlineData("Order{?customer: optional.none(), lines: [1]}", "Order{lines: [1]}")]
    [InlineData("Order{?customer: order.?customer}", "Order{customer: \"Li\"}")]
    [InlineData("m.?lon.orValue(0.0) + m.?lat.orValue(1.0)", "114.3")]
    [InlineData("d[?0].orValue(9)", "1")]
    [InlineData("d.?x", "error(1:4: no such overload: .x of list(dyn))")]
    public void Fields_of_objects_may_be_read_and_set_as_optionals(string source, string expected) =>
        Assert.Equal(expected, Shop.Compile(source).Require().Run(Slots).ToString());

    [Theory]
    [InlineData("[1, ?optional.none(), ?optional.of(3)]", "[1, 3]")]
    [InlineData("[?[1][?5]]", "[]")]
    [InlineData("{'a': 1, ?'b': optional.none(), ?'c': optional.of(3)}", "{\"a\": 1, \"c\": 3}")]
    [InlineData("{?'a': optional.none(), 'a': 2}", "{\"a\": 2}")]
    public void Elements_and_entries_without_value_are_left_out(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("optional.of(1).or(optional.of(2))", "optional.of(1)")]
    [InlineData("optional.none().or(optional.of(2))", "optional.of(2)")]
    [InlineData("optional.of(1).orValue(2)", "1")]
    [InlineData("optional.none().orValue(2)", "2")]
    [InlineData("optional.of(1).orValue(1 / 0)", "1")]
    [InlineData("optional.of(1).or([optional.of(1)][5])", "optional.of(1)")]
    [InlineData("optional.of(1).value()", "1")]
    [InlineData("optional.of(2).optMap(x, x * x)", "optional.of(4)")]
    [InlineData("optional.none().optMap(x, x / 0)", "optional.none()")]
    [InlineData("{'a': {'b': 2}}.?a.optFlatMap(x, x.?b)", "optional.of(2)")]
    [InlineData("{'a': {'b': 2}}.?a.optFlatMap(x, x.?c)", "optional.none()")]
    [InlineData("[1, 2].map(x, optional.of(x).optMap(y, [x, y]).value())", "[[1, 1], [2, 2]]")]
    public void A_value_is_taken_or_another_one_and_only_what_is_needed_is_evaluated(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("optional.none() == optional.none()", true)]
    [InlineData("optional.of(1) == optional.none()", false)]
    [InlineData("optional.of(1) == optional.of(dyn(1u))", true)]
    [InlineData("optional.of(1) == optional.of(2)", false)]
    [InlineData("dyn(optional.of(1)) == 1", false)]
    public void Optionals_are_equal_when_both_have_equal_values_or_none(string source, bool expected) =>
        Assert.Equal(expected, Evaluation.Value(source).AsBool());

    [Theory]
    [InlineData("optional.none().value()", CelErrorCode.NotFound)]
    [InlineData("optional.of(1 / 0)", CelErrorCode.DivideByZero)]
    [InlineData("optional.of(0).optMap(x, 1 / x)", CelErrorCode.DivideByZero)]
    [InlineData("optional.none().orValue(1 / 0)", CelErrorCode.DivideByZero)]
    [InlineData("dyn(1).hasValue()", CelErrorCode.NoMatchingOverload)]
    [InlineData("dyn(1).orValue(2)", CelErrorCode.NoMatchingOverload)]
    [InlineData("dyn(1).optMap(x, x)", CelErrorCode.NoMatchingOverload)]
    [InlineData("optional.of(1).optFlatMap(x, dyn(x))", CelErrorCode.NoMatchingOverload)]
    [InlineData("optional.none().or(dyn(1))", CelErrorCode.NoMatchingOverload)]
    [InlineData("[?dyn(1)]", CelErrorCode.NoMatchingOverload)]
    [InlineData("{?'a': dyn(1)}", CelErrorCode.NoMatchingOverload)]
    [InlineData("{'a': 1}.?a.b", CelErrorCode.NoMatchingOverload)]
    [InlineData("[1][?dyn('a')]", CelErrorCode.NoMatchingOverload)]
    [InlineData("[1][?dyn(0.5)]", CelErrorCode.Invalid)]
    [InlineData("[dyn(1)].unwrapOpt()", CelErrorCode.NoMatchingOverload)]
    public void What_cannot_be_an_optional_is_an_error(string source, CelErrorCode expected)
    {
        var value = Evaluation.Empty.CompileUnchecked(source).Require().Run([]);
        Assert.Equal(expected, value.AsError().Code);
    }

    [Theory]
    [InlineData("m.?lon", "optional_type(double)")]
    [InlineData("order.?lines[0]", "optional_type(int)")]
    [InlineData("[1].first().optMap(x, string(x))", "optional_type(string)")]
    [InlineData("[?m.?lon]", "list(double)")]
    [InlineData("{'a': 0.0, ?'b': m.?lon}", "map(string, double)")]
    [InlineData("m[?'lon'].orValue(0.0)", "double")]
    [InlineData("d.?x", "optional_type(dyn)")]
    [InlineData("optional.none()", "optional_type(dyn)")]
    [InlineData("m.?lon.optFlatMap(x, [x].first())", "optional_type(double)")]
    public void The_type_inside_an_optional_is_known(string source, string expected) =>
        Assert.Equal(expected, Shop.Compile(source).Require().ResultType.ToString());

    [Theory]
    [InlineData("m.?lon > 100.0", "1:8: '>' cannot be applied to optional_type(double) and double: an optional gives its value with orValue()")]
    [InlineData("order.?costumer", "1:8: Order has no field 'costumer'; did you mean 'customer'?")]
    [InlineData("order.customer.?name", "1:17: string has no fields, so '.name' cannot be read from it")]
    [InlineData("[?1]", "1:2: after '?' stands an optional value, and this is int: leave the '?' out, or write optional.of(...)")]
    [InlineData("{?'a': 1.5}", "1:2: after '?' stands an optional value, and this is double: leave the '?' out, or write optional.of(...)")]
    [InlineData("Order{?customer: 'Li'}", "1:7: after '?' stands an optional value, and this is string: leave the '?' out, or write optional.of(...)")]
    [InlineData("Order{?lines: order.?customer}", "1:8: the field 'lines' is list(int), not string")]
    [InlineData("m.lon.optMap(x, x)", "1:3: optMap() goes on from an optional value, and this is double")]
    [InlineData("m.?lon.optFlatMap(x, x)", "1:22: optFlatMap() takes an expression that gives an optional value, and this is double: use optMap()")]
    [InlineData("m.?lon.optMap(1, 2)", "1:15: optMap() first takes the name of a new variable, for example optMap(x, ...)")]
    [InlineData("m.?lon()", "1:4: '.?' reads a field; the function is called with '.lon(...)'")]
    [InlineData("m.?lon.orElse(1.0)", "1:8: unknown function 'orElse'")]
    [InlineData("optional.some(1)", "1:10: unknown function 'optional.some'; did you mean 'optional.none'?")]
    [InlineData("has(m.?lon)", "1:8: has() takes the field of something, for example has(order.customer)")]
    [InlineData("m.?lon.orValue('a')", "1:8: no form of 'orValue' fits optional_type(double).orValue(string); there is optional_type(V).orValue(V)")]
    public void An_author_is_told_where_an_optional_does_not_fit(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Issues(Shop, source)[0]);

    [Fact]
    public void A_program_that_reads_an_optional_field_names_it() =>
        Assert.Equal(["customer"], Assert.Single(Shop.Compile("order.?customer.hasValue()").Require().Variables).Fields!);

    [Fact]
    public void Functions_of_the_host_may_take_and_give_optionals()
    {
        var reading = new CelFunction("reading", "A reading that may be missing.", [new CelOverload(
            [CelType.Optional(CelType.String)], CelType.Optional(CelType.Double),
            (arguments, _) => CelValue.Of(arguments[0].AsOptional().HasValue ? CelOptional.Of(1.5) : CelOptional.None))]);
        var environment = new CelEnvironment([], functions: [reading]);
        Assert.Equal(1.5, environment.Compile("reading(optional.of('a')).orValue(0.0)").Require().Run([]).AsDouble());
        Assert.Equal(0, environment.Compile("reading(optional.none()).orValue(0.0)").Require().Run([]).AsDouble());
    }
}
