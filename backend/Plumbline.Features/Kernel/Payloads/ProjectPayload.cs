using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Kernel.Payloads;

/// <summary>Answer of every mutation that changes something of a project: type ProjectPayload.</summary>
internal sealed record ProjectPayload(ProjectView Project);
