namespace Jingwei.Server.Cases;

/// <summary>Limits of a case; beyond them a signal is refused, nothing is cut.</summary>
public static class CaseLimits
{
    /// <summary>Characters in a title: two lines on the console.</summary>
    public const int Title = 200;

    /// <summary>Characters in a comment: some two printed pages of Chinese.</summary>
    public const int Comment = 4000;

    /// <summary>Events of one case; a fold of that many takes a few milliseconds.</summary>
    public const int Events = 10_000;

    /// <summary>Earlier assignees that a case can be sent back to; more is passing it round.</summary>
    public const int Before = 32;

    /// <summary>Files of one case: more than anybody looks at.</summary>
    public const int Evidence = 200;

    /// <summary>Characters in a file's name, as most file systems have it.</summary>
    public const int FileName = 255;

    /// <summary>Cases that one is linked with: a page of them.</summary>
    public const int Links = 100;

    /// <summary>What those above may wait for in one case at once; more is not answered any better.</summary>
    public const int Supervisions = 20;

    /// <summary>Cases in one bulk request, and in one turn of deadlines; what a page of a list has at most.</summary>
    public const int Bulk = 1000;

    /// <summary>Signals that wait for the writer; further callers wait outside. Some 0.2 s of work.</summary>
    public const int Waiting = 4096;

    /// <summary>Signals in one transaction: enough that a sync is shared by many, few enough that none waits for long (some 10 ms).</summary>
    public const int Group = 256;

    /// <summary>Cases held in memory as they stand, some 1 KiB each; others are read anew from their history.</summary>
    public const int Held = 32_768;

    /// <summary>Cases that the tables of lists may be behind with; beyond it whoever moves a case on writes some of them first.</summary>
    public const int Behind = 1024;

    /// <summary>Cases that are written to those tables in one transaction: others wait for it some 2 ms.</summary>
    public const int CatchUp = 64;

    /// <summary>Characters in an Idempotency-Key, as Stripe has it.</summary>
    public const int Key = 255;

    /// <summary>Answers kept for repeated requests; beyond it the oldest go.</summary>
    public const int Answers = 100_000;

    /// <summary>How long those tables are left behind where nobody reads them: what happens to a case meanwhile is written to them once.</summary>
    public static TimeSpan Lag { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two transactions that write them: those who move cases on have most of the time.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest time that those above give for an answer: a quarter.</summary>
    public static TimeSpan AnswerWithin { get; } = TimeSpan.FromDays(92);

    /// <summary>How long an answer is kept for repeated requests, as Stripe has it.</summary>
    public static TimeSpan AnswerAge { get; } = TimeSpan.FromHours(24);
}
