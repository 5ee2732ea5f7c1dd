using System.Diagnostics.CodeAnalysis;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>Applies to other content the rules that telemetry is redacted by.</summary>
internal sealed class ContentRedactor(IProjectDirectory projects, RedactionRules rules) : IContentRedactor
{
    public async ValueTask<IContentRules> ForAsync(ProjectKey project, CancellationToken cancellationToken) =>
        new ContentRules(rules.Compile(project, (await projects.SettingsAsync(project, cancellationToken)).Redaction));

    private sealed class ContentRules(Redactor? redactor) : IContentRules
    {
        [return: NotNullIfNotNull(nameof(text))]
        public string? Text(string? text) => text is null || redactor is null ? text : redactor.Redact(text);

        [return: NotNullIfNotNull(nameof(json))]
        public string? Json(string? json) => json is null || redactor is null ? json : redactor.RedactJson(json);
    }
}
