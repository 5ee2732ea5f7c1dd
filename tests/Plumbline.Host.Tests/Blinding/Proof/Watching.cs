namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>What somebody hears who watches the traces of a world while spans arrive: of outputs that they are still to judge, and of one that they
/// are not.</summary>
internal static class Watching
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<string> HearAsync(HttpClient caller, string document, Site site)
    {
        var round = ++site.Rounds;
        var begun = site.Watches.NextAsync(site.Project);
        using var request = Asking.Live(document);
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var next = NextAsync(reader);
        // Whoever may not watch is told so.
        if (await Task.WhenAny(begun, next).WaitAsync(Patience) == next) return await next ?? $"{(int)answer.StatusCode}";
        await SendAsync(site, PlannedSpans.Later(site.Plan, site.Side, round));
        await SendAsync(site, PlannedSpans.Signal(round));
        var heard = new SortedSet<string>(StringComparer.Ordinal);
        var signal = PlannedSpans.SignalId(round);
        for (; await next.WaitAsync(Patience) is { } told; next = NextAsync(reader))
        {
            heard.Add(told);
            if (told.Contains(signal, StringComparison.Ordinal)) return string.Join('\n', heard);
        }
        throw new InvalidOperationException($"The watching ended before {signal} was heard of: {string.Join('\n', heard)}");
    }

    private static async Task SendAsync(Site site, object spans)
    {
        using var sent = await site.Keys["sender"].SendJsonAsync("/v1/traces", spans);
        sent.EnsureSuccessStatusCode();
    }

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.Contains('{', StringComparison.Ordinal)) return line;
        return null;
    }
}
