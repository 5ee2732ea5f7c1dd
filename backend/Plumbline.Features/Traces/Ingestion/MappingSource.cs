using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Traces.Pricing;
using Plumbline.Otlp;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>What a project's requests are mapped by: its environment, its redaction rules, the prices.</summary>
internal sealed class MappingSource(IProjectDirectory projects, RedactionRules redaction, PriceBooks prices, TimeProvider clock)
{
    private const long NanosPerTick = 100;

    public async ValueTask<MappingSettings> ForAsync(ProjectKey project, string? environment, CancellationToken cancellationToken)
    {
        var settings = await projects.SettingsAsync(project, cancellationToken);
        return new MappingSettings
        {
            DefaultEnvironment = environment,
            ReceivedUnixNano = (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosPerTick,
            Redactor = redaction.Compile(project, settings.Redaction),
            Prices = (await prices.ForAsync(project.Organization)).Prices,
        };
    }
}
