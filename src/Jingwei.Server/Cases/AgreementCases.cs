using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>
/// Opens a case where a party is asked for a sharing agreement, and ends it when the request was answered. Works from what the book says, so what
/// a stop left undone is done at the next start.
/// </summary>
internal sealed partial class AgreementCases(
    AgreementBook agreements, AgreementCaseLinks links, CaseStore cases, PackCatalog packs, PackParties enabled, Parties parties, TimeProvider clock, ILogger<AgreementCases> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One sign that there is something to do is enough; the work itself is read from the book.
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Wake(Agreement changed) => wake.Writer.TryWrite(changed.IsRequest);
        agreements.Changed += Wake;
        wake.Writer.TryWrite(true);
        var settled = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                foreach (var agreement in agreements.All.Where(each => each.IsRequest && settled.GetValueOrDefault(each.Id) != each.Version))
                {
                    await SettleAsync(agreement, stoppingToken);
                    if (agreement.State != AgreementState.Proposed || links.CaseOf(agreement.Id) is not null)
                    {
                        settled[agreement.Id] = agreement.Version;
                    }
                }
            }
        }
        finally
        {
            agreements.Changed -= Wake;
        }
    }

    private async Task SettleAsync(Agreement agreement, CancellationToken stopping)
    {
        if (agreement.State == AgreementState.Proposed)
        {
            if (links.CaseOf(agreement.Id) is null && agreement.StateAt(clock.GetUtcNow()) == AgreementState.Proposed)
            {
                await OpenAsync(agreement, stopping);
            }
        }
        else if (links.CaseOf(agreement.Id) is { } @case)
        {
            await EndAsync(agreement, @case, stopping);
        }
    }

    private async Task OpenAsync(Agreement agreement, CancellationToken stopping)
    {
        if (packs.Current.Packs.SelectMany(pack => pack.Cases).FirstOrDefault(each => each.Agreement is not null && enabled.Allows(each.Pack, agreement.From)) is not { } type)
        {
            return;
        }

        var asker = parties.Find(agreement.To)?.Name ?? agreement.To;
        var title = new Label($"{asker}请求共享数据", $"{asker} asks to be shown data");
        var open = new OpenCase(type.Id, title, Band.Blue, null, agreement.From, Regions.Root, Fields(type, agreement, asker));
        var outcome = await cases.OpenAsync(Caller.System, open, OnceFor(agreement), stopping);
        if (outcome.Row is { } row)
        {
            links.Add(agreement.Id, row.Id);
        }
        else
        {
            LogRefused(agreement.Id, type.Id, outcome.Refusal?.Code ?? "");
        }
    }

    private async Task EndAsync(Agreement agreement, string @case, CancellationToken stopping)
    {
        if (cases.Find(Caller.System, @case)?.State is not { Final: false } state || cases.Definitions.Of(state.Type, state.Definition) is not { Agreement: { } transitions } type)
        {
            return;
        }

        var transition = agreement.State is AgreementState.Accepted or AgreementState.Revoked ? transitions.Accepted : transitions.Declined;
        // Whoever accepts need not say why; a step that asks for words is told what became of the request.
        var why = agreement.Reason ?? (type.Transitions.Any(each => each.Id == transition && each.CommentRequired) ? agreement.State.ToString().ToLowerInvariant() : null);
        var outcome = await cases.SignalAsync(
            Caller.System, @case, new TakeTransition(transition, new Dictionary<string, JsonElement>(StringComparer.Ordinal), null, why), null, OnceFor(agreement), stopping);
        if (outcome.Refusal is { } refusal)
        {
            LogRefused(agreement.Id, transition, refusal.Code);
        }
    }

    // What the case type has a field for, as far as it goes in: the agreement says it whole.
    private static Dictionary<string, JsonElement> Fields(CaseType type, Agreement agreement, string asker)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (id, text) in ((string, string?)[])[("agreement", agreement.Id), ("asker", asker), ("object", agreement.Object), ("purpose", agreement.Terms.Purpose)])
        {
            if (text is not null && type.Fields.FirstOrDefault(field => field.Id == id && field.Kind == PropertyKind.Text) is { } field)
            {
                fields[id] = JsonSerializer.SerializeToElement(text.Length > field.MaxLength ? text[..field.MaxLength] : text);
            }
        }

        return fields;
    }

    private static Once OnceFor(Agreement agreement) =>
        new("agreements", $"{agreement.Id}-{agreement.Version}", SHA256.HashData(Encoding.UTF8.GetBytes(agreement.Id)));

    [LoggerMessage(EventId = 1403, Level = LogLevel.Warning, Message = "The case of the request for agreement {Agreement} refuses {What}: {Code}")]
    private partial void LogRefused(string agreement, string what, string code);
}
