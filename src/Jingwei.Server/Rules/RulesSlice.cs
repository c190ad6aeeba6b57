using Jingwei.Server.Rules.Parameters;
using Jingwei.Server.Rules.Publishing;
using Jingwei.Server.Rules.Suppressing;
using Jingwei.Server.Rules.Trying;

namespace Jingwei.Server.Rules;

/// <summary>Rules: conditions over readings and silences, and the alarms that they raise.</summary>
public static class RulesSlice
{
    public static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<RuleCounters>()
        .AddSingleton<Alarms>()
        .AddSingleton<AlarmView>()
        .AddSingleton<RuleTries>()
        .AddSingleton<RuleReplay>()
        .AddSingleton<RuleParameters>()
        .AddSingleton<RuleVersions>()
        .AddSingleton<Suppressions>()
        .AddSingleton<Named>()
        .AddHostedService<RuleLoop>();

    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapAlarmEndpoints();
        routes.MapRuleEndpoints();
        routes.MapRuleTry();
        routes.MapRuleVersions();
        routes.MapRuleParameters();
        routes.MapSuppressions();
    }
}
