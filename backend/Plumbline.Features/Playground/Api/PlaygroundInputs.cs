using System.Text.Json;
using Plumbline.Contracts.Playground;
using Plumbline.Features.Kernel.Inputs;

namespace Plumbline.Features.Playground.Api;

internal sealed record SaveModelProviderInput(
    string ProjectId, string? Id, string Name, ModelProviderKind Kind, string? BaseUrl, string? ApiKey, IReadOnlyList<string>? Models,
    decimal? MonthlyBudgetUsd, string? RequestId = null);

internal sealed record StartPlaygroundRunInput(
    string ProjectId, string PromptName, int? Number, PromptContentInput? Content, JsonElement Inputs, string ProviderId, string? Model,
    string? RequestId = null);
