using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Notifications;
using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Server.Notifications.Rotas;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Notifications.Sources;
using Jingwei.Server.Notifications.Webhooks;
using Jingwei.Server.Notifications.Words;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Tests.Cases;
using Jingwei.Tests.Indicators;
using Microsoft.Extensions.Logging.Abstractions;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Notifications;

/// <summary>The slice over a real store in a folder of its own, with alarms and cases before it and a clock that stands.</summary>
internal sealed class NotifyWorld : IDisposable
{
    /// <summary>Monday, 16:00 in Shanghai.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-notify-").FullName;

    public NotifyWorld()
    {
        Time = new ManualTime(Start);
        Open();
        Parties.Add(new Party("plant", "一厂", "root", "Asia/Shanghai"));
        Parties.Add(new Party("line", "一线", "plant", "Asia/Shanghai"));
        Parties.Add(new Party("other", "二厂", "root", "Asia/Shanghai"));
        AddUser("wang", Role.Operator, "plant");
        AddUser("li", Role.Engineer, "plant");
        AddUser("stranger", Role.Administrator, "other");
    }

    public ManualTime Time { get; }

    public Database Database { get; private set; } = null!;

    public Parties Parties { get; private set; } = null!;

    public Regions Regions { get; private set; } = null!;

    public Users Users { get; private set; } = null!;

    public Things Things { get; private set; } = null!;

    public PackCatalog Packs { get; private set; } = null!;

    public Alarms Alarms { get; private set; } = null!;

    public CaseStore Cases { get; private set; } = null!;

    public SettingsBook Settings { get; private set; } = null!;

    public RotaBook Rotas { get; private set; } = null!;

    public WebhookBook Webhooks { get; private set; } = null!;

    public Outbox Outbox { get; private set; } = null!;

    public DeliveryBook Deliveries { get; private set; } = null!;

    public NotificationBook Notifications { get; private set; } = null!;

    public NoticeBook Notices { get; private set; } = null!;

    public Notifier Notifier { get; private set; } = null!;

    public DeliveryOptions Options { get; set; } = new() { Smtp = new("localhost", 25, false, "jingwei@example.org", null, null) };

    /// <summary>Everything anew over the same file, as after a restart.</summary>
    public void Restart()
    {
        Cases.Dispose();
        Database.Dispose();
        Open();
    }

    public void AddUser(string id, Role role, string party)
    {
        Users.Add(id, id, party, "correct horse battery");
        Users.AddGrant(id, role, party, Jingwei.Server.Access.Regions.Root);
    }

    public async Task AddThingAsync(string id, string party = "plant") => await Things.AddAsync(
        new Thing(id, "drilling-machine", $"钻机 {id}", party, Jingwei.Server.Access.Regions.Root, null, null, Time.GetUtcNow(), 1), TestContext.Current.CancellationToken);

    public async Task<Alarm> RaiseAsync(string thing = "m1", Band severity = Band.Red, string rule = "hot")
    {
        var cause = new AlarmCause("temperature > 65.0", [new CauseValue("temperature", FactoryFloor.Word, 66.0, "Cel", Time.GetUtcNow(), new("66 °C", "66 °C"))], Time.GetUtcNow());
        var said = new RuleEvent(Rule(rule, "temperature > 65.0") with { Severity = severity, Opens = null }, thing, RuleTransition.Raise, Time.GetUtcNow(), cause);
        return (await Alarms.ApplyAsync([said], TestContext.Current.CancellationToken))[0];
    }

    public Task ClearAsync(string thing = "m1", string rule = "hot") => Alarms.ApplyAsync(
        [new RuleEvent(Rule(rule, "temperature > 65.0"), thing, RuleTransition.Clear, Time.GetUtcNow(), null)], TestContext.Current.CancellationToken);

    /// <summary>Lets the notifier take everything that is behind its cursors.</summary>
    public async Task TellAsync()
    {
        while (await Notifier.TellNextAsync(TestContext.Current.CancellationToken))
        {
            // One batch after the other.
        }
    }

    public void Set(string user, NotificationSettings settings) => Settings.Save(user, settings, null);

    /// <summary>Everything that the user may see, in the console and to this address.</summary>
    public static NotificationSettings Everything(string? mail = null) =>
        NotificationSettings.Default with { Mail = mail, Subscriptions = [new(new([], [], []), null, null, Concern.All, mail is not null)] };

    /// <summary>A webhook of a party that wants everything.</summary>
    public Webhook AddWebhook(string id, string url = "http://127.0.0.1:9/", string party = "plant", Interest? interest = null) => Webhooks.Save(
        new Webhook(id, id, url, party, Jingwei.Server.Access.Regions.Root, interest ?? new([], [], []), WebhookSignature.NewSecret(), null, null, false, 0, Time.GetUtcNow()), 0)!;

    /// <summary>What a user has, oldest first, as "kind thing".</summary>
    public IEnumerable<string> Told(string user) => Notifications.List(CallerOf(user), false, null, 1000).Reverse().Select(each => $"{each.Kind} {each.Thing ?? each.Case}");

    public Caller CallerOf(string user) => Authenticator.Of(Users.Find(user)!);

    public IReadOnlyList<DeliveryRow> All(string? target = null) => [.. Deliveries.List(null, target, _ => true, null, 1000).Reverse()];

    public long Count(string table) => Database.Read(store => store.ExecuteScalar<long>($"SELECT count(*) FROM {table}"));

    public void Dispose()
    {
        Cases.Dispose();
        Database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    private void Open()
    {
        Database = new Database(Path.Combine(folder, "jingwei.db"));
        Packs ??= new PackCatalog(new PackSet([FactoryFloor.Floor().Packs[0] with { Cases = [WorkOrder.Type, Overhaul.Type] }]));
        (Parties, Regions) = (new(Database), new(Database));
        Users = new(Database, Time);
        Things = new(Database, Parties, Regions, Time);
        Alarms = new(Database, Time);
        Cases = new(Database, Packs, Parties, Regions, new OwnCalendars(Database, new CalendarOwners(Things, Parties)), Time);
        var tables = new NotificationTables(Database, Alarms, Cases);
        Settings = new(tables, Parties);
        Rotas = new(tables, Parties, Regions, Time);
        Webhooks = new(tables, Parties, Regions, Packs);
        Outbox = new(tables, Options, Time, new Random(1));
        Deliveries = new(tables);
        Notifications = new(tables, Things, Parties, Regions, Time);
        Notices = new(tables, Notifications, Things, Users);
        Notifier = new(
            tables, Alarms, Cases, new(tables, Alarms, Things, Packs),
            new(tables, Cases, new(Packs, new(Things, Users, Parties), Cases), new(Users, Parties, Regions), Things, Packs, NullLogger<CaseSource>.Instance),
            new(Users, Parties, Regions, Settings, Rotas, Packs), new(Packs, Parties, Regions, NullLogger<Wording>.Instance), Webhooks, Outbox, Notifications,
            Time, NullLogger<Notifier>.Instance);
    }
}
