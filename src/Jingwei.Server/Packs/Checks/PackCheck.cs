using Jingwei.Server.Packs.Drafts;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks what no schema can say: references, expressions, texts.</summary>
internal static class PackCheck
{
    public static void Check(PackDraft draft, ProblemList problems)
    {
        ManifestCheck.Check(draft, problems);
        CalendarCheck.Check(draft, problems);
        MigrationCheck.Check(draft, problems);
        new TypeCheck(draft, problems).Check();
        ChannelCheck.Check(draft, problems);
        new RuleCheck(draft, problems).Check();
        new IndicatorCheck(draft, problems).Check();
        new CaseCheck(draft, problems).Check();
        new CasePlanCheck(draft, problems).Check();
        new ViewCheck(draft, problems).Check();
        new IncidentCheck(draft, problems).Check();
        new NotificationCheck(draft, problems).Check();
        new TextCheck(draft, problems).Check();
        new TestCheck(draft, problems).Check();
    }
}
