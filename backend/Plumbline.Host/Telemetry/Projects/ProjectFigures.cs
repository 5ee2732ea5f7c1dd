namespace Plumbline.Host.Telemetry.Projects;

/// <summary>What is measured of the projects, without traces that anybody is still to review.</summary>
/// <param name="Models">By project and model.</param>
/// <param name="Hidden">How many traces were left out, by project.</param>
internal sealed record ProjectFigures(IReadOnlyList<ModelFigures> Models, IReadOnlyList<HiddenTraces> Hidden)
{
    /// <summary>Nothing is known.</summary>
    public static ProjectFigures None { get; } = new([], []);
}

/// <summary>The calls of one model in one project.</summary>
/// <param name="Project">The slugs of organization and project, <c>acme/main</c>.</param>
/// <param name="Model">The model's name as it was sent.</param>
/// <param name="Requests">Calls.</param>
/// <param name="Errors">Calls that failed.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="CostUsd">Dollars; null when no call has a known cost.</param>
internal sealed record ModelFigures(string Project, string Model, long Requests, long Errors, long InputTokens, long OutputTokens, decimal? CostUsd)
{
    public static ModelFigures operator +(ModelFigures a, ModelFigures b) => a with
    {
        Requests = a.Requests + b.Requests,
        Errors = a.Errors + b.Errors,
        InputTokens = a.InputTokens + b.InputTokens,
        OutputTokens = a.OutputTokens + b.OutputTokens,
        CostUsd = a.CostUsd is null ? b.CostUsd : a.CostUsd + (b.CostUsd ?? 0),
    };
}

/// <summary>Traces of a project that are left out of its figures.</summary>
internal sealed record HiddenTraces(string Project, long Count);
