using System.Text.Json;

namespace Plumbline.Testing.Api;

/// <summary>A review queue as whoever made it asks for it.</summary>
/// <param name="By">Who made it.</param>
/// <param name="Id">The queue's id.</param>
public sealed record Queue(IApiClient By, string Id)
{
    /// <summary>Gives the root spans of traces to judge.</summary>
    /// <returns>How many were not in it yet.</returns>
    public Task<int> AddTracesAsync(params IEnumerable<string> traceIds) => AddAsync(new { queueId = Id, traceIds });

    /// <inheritdoc cref="AddTracesAsync"/>
    public Task<int> AddWhereAsync(object where) => AddAsync(new { queueId = Id, where });

    public Task JoinAsync(IApiClient person) => person.DoAsync("joinReviewQueue", new { queueId = Id });

    /// <summary>The person's turn; null when nothing is left for them.</summary>
    public async Task<JsonElement> ClaimAsync(IApiClient person, string selection = "id") =>
        (await person.DoAsync("claimNextReview", new { queueId = Id }, $"assignment {{ {selection} }}")).At("assignment");

    /// <summary>Claims an item and judges it.</summary>
    /// <returns>The review's id.</returns>
    public async Task<string> JudgeAsync(IApiClient person, string label, string? reasoning = null, string? correctedOutput = null)
    {
        var turn = (await ClaimAsync(person)).Text("id");
        var input = Given.WithoutNulls(new { assignmentId = turn, label, reasoning, correctedOutput, claimNext = false });
        return (await person.DoAsync("submitReview", input, "review { id }")).Text("review.id");
    }

    private async Task<int> AddAsync(object input) => (await By.DoAsync("addToReviewQueue", input, "added")).At("added").GetInt32();
}
