using System.Text.Json;

namespace Plumbline.Testing.Api;

/// <summary>A project as somebody who works in it asks for it.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Id">The project's id.</param>
public sealed record Project(IApiClient By, string Id)
{
    /// <summary>What fields of the project say.</summary>
    public async Task<JsonElement> ReadAsync(string selection) =>
        (await By.QueryAsync($"query($id: ID!) {{ project(id: $id) {{ {selection} }} }}", new { id = Id })).At("project");

    /// <summary>A new queue; what is not said is as the server has it.</summary>
    public async Task<Queue> QueueAsync(
        string name, string instructions = "Is it right?", IEnumerable<string>? reviewerIds = null, int? reviewsPerItem = null,
        string? reasoningRequired = null)
    {
        var input = Given.WithoutNulls(new { projectId = Id, name, instructions, reviewerIds, reviewsPerItem, reasoningRequired });
        return new Queue(By, (await By.DoAsync("createReviewQueue", input, "queue { id }")).Text("queue.id"));
    }

    public async Task<Dataset> DatasetAsync(string name, string? description = null)
    {
        var input = Given.WithoutNulls(new { projectId = Id, name, description });
        return new Dataset(By, (await By.DoAsync("createDataset", input, "dataset { id }")).Text("dataset.id"));
    }

    /// <summary>A new key.</summary>
    public async Task<(string Id, string Secret)> KeyAsync(string name, params string[] scopes)
    {
        var made = await By.DoAsync("createApiKey", new { projectId = Id, name, scopes }, "secret apiKey { id }");
        return (made.Text("apiKey.id"), made.Text("secret"));
    }

    /// <summary>Saves a version of a prompt with one message of the user.</summary>
    public Task<JsonElement> SavePromptAsync(string promptName, string template, string selection = "promptVersion { id }") =>
        By.DoAsync("savePromptVersion", new { projectId = Id, promptName, content = Content.Saying(template) }, selection);

    /// <summary>A server of models at an address.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> ProviderAsync(string name, string baseUrl, string apiKey, params string[] models)
    {
        var input = new { projectId = Id, name, kind = "OPENAI_COMPATIBLE", baseUrl, apiKey, models };
        return (await By.DoAsync("saveModelProvider", input, "provider { id }")).Text("provider.id");
    }

    /// <summary>The id of the provider that answers without a model.</summary>
    public async Task<string> DemoProviderAsync() =>
        (await ReadAsync("providers { id kind }")).At("providers").EnumerateArray().First(p => p.Text("kind") == "DEMO").Text("id");

    /// <summary>Starts a run of unsaved content.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> RunAsync(string promptName, object content, object inputs, string providerId)
    {
        var input = new { projectId = Id, promptName, content, inputs, providerId };
        return (await By.DoAsync("startPlaygroundRun", input, "run { id }")).Text("run.id");
    }
}
