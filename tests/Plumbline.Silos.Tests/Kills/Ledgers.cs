using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>What was asked for of every kind, and the check that what clients were told is true.</summary>
internal sealed class Ledgers
{
    public Ledger Spans { get; } = new("spans");

    public Ledger Reviews { get; } = new("reviews");

    public Ledger Prompts { get; } = new("prompt versions");

    public Ledger Examples { get; } = new("examples");

    public Ledger Comments { get; } = new("comments");

    public async Task CheckAsync(Workplace place)
    {
        var listed = await TraceSender.ListAsync(place.Script);
        Spans.Check(listed.Where(t => !place.Work.Contains(t.Key)).SelectMany(t => Enumerable.Repeat(t.Key, t.Value)));
        Reviews.Check((await place.AllAsync(
            $"reviewQueue(id: \"{place.QueueId}\") {{ items(@page) {{ nodes {{ reviews {{ id }} }} @info }} }}",
            p => p.At("reviewQueue.items")))
            .Select(item => item.GetProperty("reviews")).Where(r => r.GetArrayLength() > 0).Select(r =>
                Assert.Single(r.EnumerateArray()).Text("id")));
        Prompts.Check((await place.AllAsync(
            $"prompt(name: \"{PromptWriter.PromptName}\") {{ versions(@page) {{ nodes {{ messages {{ template }} }} @info }} }}",
            p => p.At("prompt.versions")))
            .Select(v => v.Text("messages[0].template")));
        Examples.Check((await place.AllAsync(
            $"dataset(id: \"{place.DatasetId}\") {{ items(@page) {{ nodes {{ inputs }} @info }} }}",
            p => p.At("dataset.items")))
            .Select(i => i.Text("inputs")));
        var comments = new List<string>();
        foreach (var trace in place.Discussed) comments.AddRange(Commenter.BodiesOf((await Commenter.ReadAsync(place.About(trace))).Data));
        Comments.Check(comments);
    }
}
