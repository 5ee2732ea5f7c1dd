using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Payloads;
using Plumbline.GraphQL;
using Plumbline.Otlp.Pricing;

namespace Plumbline.Features.Traces.Api;

internal sealed record SaveModelPriceInput(
    string OrganizationId, string Model, string? Provider, decimal InputUsdPerMillion, decimal OutputUsdPerMillion,
    decimal? CachedInputUsdPerMillion, decimal? ReasoningUsdPerMillion, DateTimeOffset ValidFrom);

/// <summary>Type PriceSource.</summary>
internal enum PriceSource { BuiltIn, Organization }

/// <summary>Type ModelPrice.</summary>
internal sealed record ModelPriceView(
    string Model, string? Provider, decimal InputUsdPerMillion, decimal OutputUsdPerMillion, decimal? CachedInputUsdPerMillion,
    decimal? ReasoningUsdPerMillion, DateTimeOffset ValidFrom, PriceSource Source)
{
    public static ModelPriceView Of(ModelPrice p) =>
        new(p.Model, p.Provider, p.Input, p.Output, p.CachedInput, p.Reasoning, Midnight(p.ValidFrom), PriceSource.BuiltIn);

    public static ModelPriceView Of(OrganizationPrice p) =>
        new(
            p.Model, p.Provider, p.InputUsdPerMillion, p.OutputUsdPerMillion, p.CachedInputUsdPerMillion, p.ReasoningUsdPerMillion,
            Midnight(p.ValidFrom), PriceSource.Organization);

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

[ResolversFor("Organization")]
internal sealed class ModelPriceResolvers(IAccessControl access)
{
    /// <summary>By model, newest first; the organization's own before the built-in ones of a day. For whoever reads what calls cost.</summary>
    public async Task<IReadOnlyList<ModelPriceView>> ModelPrices([Parent] OrganizationView organization, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await EnterAsync(caller, organization.OrganizationId, cancellationToken);
        var own = (await scope.Grain<IModelPricesGrain>().GetAsync(null))!.Prices;
        return [.. own.Select(ModelPriceView.Of).Concat(PriceTable.BuiltIn.Prices.Select(ModelPriceView.Of)).OrderBy(p => p.Model, StringComparer.Ordinal)
            .ThenByDescending(p => p.ValidFrom).ThenByDescending(p => p.Source)];
    }

    /// <summary>A key has its rights in its project, and none in the organization.</summary>
    private async ValueTask<OrganizationScope> EnterAsync(Caller caller, string organization, CancellationToken cancellationToken)
    {
        if (caller.Project is not { } project)
            return await access.RequireOrganizationAsync(caller, organization, Permission.ReadTraces, cancellationToken);
        var scope = await access.RequireOrganizationAsync(caller, organization, null, cancellationToken);
        await access.RequireAsync(caller, project, Permission.ReadTraces, cancellationToken);
        return scope;
    }
}

[ResolversFor("Mutation")]
internal sealed class ModelPriceMutation(IAccessControl access, IOrganizationDirectory organizations, IAuditLog audit)
{
    private const int LongestName = 200;
    private const decimal Highest = 1_000_000;

    public async Task<OrganizationPayload> SaveModelPrice(SaveModelPriceInput input, Caller caller, CancellationToken cancellationToken)
    {
        var organization = NodeId.Parse(input.OrganizationId, NodeKinds.Organization);
        var scope = await access.RequireOrganizationAsync(caller, organization, Permission.ManageOrganization, cancellationToken);
        var price = Price(input);
        var savedAs = await scope.Grain<IModelPricesGrain>().SaveAsync(price);
        var entry = AuditEntry.By(
            caller, AuditActions.PriceSaved, price.Model, detailJson: JsonSerializer.Serialize(input with { OrganizationId = organization }));
        await audit.AppendAsync(organization, entry with { Once = $"{savedAs}" }, cancellationToken);
        return new(await organizations.FindAsync(organization, cancellationToken) ?? throw Failure.NotFound());
    }

    private static OrganizationPrice Price(SaveModelPriceInput input)
    {
        if (input.ValidFrom.UtcDateTime.TimeOfDay != TimeSpan.Zero)
            throw Failure.BadInput("validFrom must be the beginning of a day, 00:00 UTC: prices change by the day.");
        return new OrganizationPrice
        {
            Model = Name(input.Model, "model"),
            Provider = string.IsNullOrWhiteSpace(input.Provider) ? null : Name(input.Provider, "provider"),
            InputUsdPerMillion = Amount(input.InputUsdPerMillion, "inputUsdPerMillion"),
            OutputUsdPerMillion = Amount(input.OutputUsdPerMillion, "outputUsdPerMillion"),
            CachedInputUsdPerMillion = input.CachedInputUsdPerMillion is { } cached ? Amount(cached, "cachedInputUsdPerMillion") : null,
            ReasoningUsdPerMillion = input.ReasoningUsdPerMillion is { } reasoning ? Amount(reasoning, "reasoningUsdPerMillion") : null,
            ValidFrom = DateOnly.FromDateTime(input.ValidFrom.UtcDateTime),
        };
    }

    private static string Name(string name, string field) =>
        name.Trim() is { Length: > 0 and <= LongestName } trimmed
            ? trimmed.ToLowerInvariant()
            : throw Failure.BadInput($"{field} must have 1 to {LongestName} characters.");

    private static decimal Amount(decimal amount, string field) =>
        amount is >= 0 and <= Highest ? amount : throw Failure.BadInput($"{field} is {amount}; allowed are 0 to {Highest}.");
}
