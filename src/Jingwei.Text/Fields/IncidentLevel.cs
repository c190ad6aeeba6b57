namespace Jingwei.Text.Fields;

/// <summary>A suggested level of an incident: 1 (特别重大), 2 (重大), 3 (较大), 4 (一般).</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Rule">The rule that gave it, in Chinese.</param>
/// <param name="RuleEn">The same in English.</param>
/// <param name="Source">The regulation that the rule is from.</param>
public sealed record IncidentLevel(int Level, string Rule, string RuleEn, string Source);

/// <summary>Suggests a level from what a report states, by the State's standards; a person decides.</summary>
internal static class LevelRules
{
    private const string Safety = "生产安全事故报告和调查处理条例（国务院令第493号）第三条";
    private const string Seismic = "国家地震应急预案（2012）3.1、3.2";
    private const string Relief = "国家自然灾害救助应急预案（2024）5";
    private const string Health = "国家突发公共卫生事件应急预案（2006）1.3";
    private const string Social = "比照" + Safety;

    internal static IncidentLevel? Suggest(IncidentClass kind, string? kindId, int? dead, int? injured, double? magnitude)
    {
        IncidentLevel? level = kind switch
        {
            IncidentClass.NaturalDisaster when kindId == "seismic" => OfEarthquake(dead, magnitude),
            IncidentClass.NaturalDisaster => OfDisaster(dead),
            IncidentClass.PublicHealth => kindId switch
            {
                "food-poisoning" => OfFoodPoisoning(dead, injured),
                "occupational-poisoning" => Steps(dead, injured, [(5, 2), (1, 3)], [(50, 2), (10, 3)], Health),
                // Epidemics are ranked by the disease and its spread, which no figure of a report says.
                _ => null,
            },
            IncidentClass.SocialSecurity => Steps(dead, injured, [(30, 1), (10, 2), (3, 3)], [], Social),
            _ => Steps(dead, injured, [(30, 1), (10, 2), (3, 3)], [(100, 1), (50, 2), (10, 3)], Safety),
        };
        return dead is null && injured is null && magnitude is null ? null : level;
    }

    private static IncidentLevel OfEarthquake(int? dead, double? magnitude)
    {
        var byToll = Steps(dead, null, [(300, 1), (50, 2), (10, 3)], [], Seismic);
        var byMagnitude = magnitude switch
        {
            >= 7 => Level(1, "震级≥7.0（人口较密集地区）", "magnitude of 7.0 or more (populated areas)", Seismic),
            >= 6 => Level(2, "震级6.0~6.9（人口较密集地区）", "magnitude from 6.0 to 6.9 (populated areas)", Seismic),
            >= 5 => Level(3, "震级5.0~5.9（人口较密集地区）", "magnitude from 5.0 to 5.9 (populated areas)", Seismic),
            _ => byToll,
        };
        return byMagnitude.Level < byToll.Level ? byMagnitude : byToll;
    }

    private static IncidentLevel OfDisaster(int? dead) => Steps(dead, null, [(200, 1), (100, 2), (50, 3)], [], Relief);

    private static IncidentLevel OfFoodPoisoning(int? dead, int? injured)
    {
        if (dead >= 10 || (injured > 100 && dead > 0))
        {
            return Level(2, "食物中毒：死亡≥10人，或中毒超过100人且有死亡", "food poisoning: 10 or more dead, or more than 100 ill with deaths", Health);
        }

        return dead > 0 || injured > 100
            ? Level(3, "食物中毒：中毒超过100人，或有死亡", "food poisoning: more than 100 ill, or deaths", Health)
            : Level(4, "食物中毒：中毒不足100人且无死亡", "food poisoning: up to 100 ill, no deaths", Health);
    }

    private static IncidentLevel Steps(int? dead, int? injured, (int Least, int Level)[] ofDead, (int Least, int Level)[] ofInjured, string source)
    {
        var byDead = ofDead.FirstOrDefault(step => dead >= step.Least);
        var byInjured = ofInjured.FirstOrDefault(step => injured >= step.Least);
        if (byDead.Level > 0 && (byInjured.Level == 0 || byDead.Level <= byInjured.Level))
        {
            return Level(byDead.Level, $"死亡（含失踪）≥{byDead.Least}人", $"{byDead.Least} or more dead (with missing)", source);
        }

        return byInjured.Level > 0
            ? Level(byInjured.Level, $"重伤（含中毒）≥{byInjured.Least}人", $"{byInjured.Least} or more injured or poisoned", source)
            : Level(4, "未达到较大标准", "below the standard of level III", source);
    }

    private static IncidentLevel Level(int level, string rule, string english, string source) => new(level, rule, english, source);
}
