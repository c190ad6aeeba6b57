using Jingwei.Text.Fields;

namespace Jingwei.Tests.Text;

/// <summary>Expected levels are those of the State's standards, read by hand.</summary>
public sealed class LevelRulesTests
{
    [Theory]
    // 国务院令第493号第三条.
    [InlineData(IncidentClass.Accident, 30, null, 1)]
    [InlineData(IncidentClass.Accident, 29, null, 2)]
    [InlineData(IncidentClass.Accident, 10, null, 2)]
    [InlineData(IncidentClass.Accident, 9, null, 3)]
    [InlineData(IncidentClass.Accident, 3, null, 3)]
    [InlineData(IncidentClass.Accident, 2, 9, 4)]
    [InlineData(IncidentClass.Accident, 0, 100, 1)]
    [InlineData(IncidentClass.Accident, 3, 50, 2)]
    [InlineData(IncidentClass.Accident, null, 10, 3)]
    [InlineData(IncidentClass.SocialSecurity, 12, null, 2)]
    public void Accidents_are_ranked_by_dead_and_injured(IncidentClass kind, int? dead, int? injured, int level) =>
        Assert.Equal(level, LevelRules.Suggest(kind, null, dead, injured, null)!.Level);

    [Theory]
    [InlineData(null, 7.8, 1)]
    [InlineData(null, 6.5, 2)]
    [InlineData(null, 5.1, 3)]
    [InlineData(0, 4.0, 4)]
    [InlineData(300, 5.0, 1)]
    [InlineData(50, null, 2)]
    public void Earthquakes_are_ranked_by_dead_and_magnitude(int? dead, double? magnitude, int level) =>
        Assert.Equal(level, LevelRules.Suggest(IncidentClass.NaturalDisaster, "seismic", dead, null, magnitude)!.Level);

    [Theory]
    [InlineData(10, 20, 2)]
    [InlineData(1, 101, 2)]
    [InlineData(1, 20, 3)]
    [InlineData(null, 101, 3)]
    [InlineData(null, 40, 4)]
    public void Food_poisoning_is_ranked_by_ill_and_dead(int? dead, int? injured, int level) =>
        Assert.Equal(level, LevelRules.Suggest(IncidentClass.PublicHealth, "food-poisoning", dead, injured, null)!.Level);

    [Fact]
    public void An_epidemic_is_not_ranked_by_its_figures() =>
        Assert.Null(LevelRules.Suggest(IncidentClass.PublicHealth, "epidemic", 12, 300, null));

    [Fact]
    public void Without_any_figure_nothing_is_suggested() =>
        Assert.Null(LevelRules.Suggest(IncidentClass.Accident, null, null, null, null));
}
