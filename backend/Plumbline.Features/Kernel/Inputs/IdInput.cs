namespace Plumbline.Features.Kernel.Inputs;

/// <summary>Input of every mutation that takes nothing but an id.</summary>
internal sealed record IdInput(string Id);
