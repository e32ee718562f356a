"""What the files for systemd, Kubernetes and compose would start, started here as far as one machine lets it."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from backlint.config import Surroundings, load
from tests.deploy.pieces import DEPLOY, ROOT, UNITS, objects, pods, read, settings_of

CONFIGURATION = '[teams.web.file]\npath = "items.jsonl"\n'
ITEM = {"id": "1", "key": "SHOP-1", "title": "Pay later", "rank": 1, "kind": "story", "body": ""}
COMPOSE = read(DEPLOY / "compose.yaml")
RESTRICTED = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}


def backlint(*words: str, environ: Mapping[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run it with this environment and no other."""
    command = [sys.executable, "-m", "backlint", *words]
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run(command, env=around, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """`/etc/backlint` with a configuration, a directory of secrets as it is mounted, and a place for the store."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "etc" / "backlint.toml").write_text(CONFIGURATION)
    (tmp_path / "data" / "items.jsonl").write_text(json.dumps(ITEM))
    mounted = tmp_path / "secrets"
    (mounted / "..2026_11_22").mkdir(parents=True)
    (mounted / "..data").symlink_to("..2026_11_22")  # as Kubernetes swaps them, all at once
    for name in ("JIRA_EMAIL", "JIRA_TOKEN"):
        (mounted / "..2026_11_22" / name).write_text("planner@example.com\n")
        (mounted / name).symlink_to(f"..data/{name}")
    return tmp_path


def placed(value: str, machine: Path) -> str:
    """A path of the files as it is on this machine."""
    places = {
        "/etc/backlint-secrets": "secrets",
        "/etc/backlint": "etc",
        "%S/backlint": "data",
        "/data": "data",
        "%d": "secrets",
    }
    for there, here in places.items():
        if value == there or value.startswith(f"{there}/"):
            return str(machine / here) + value.removeprefix(there)
    return value


def ran(words: list[str], environ: Mapping[str, str], machine: Path) -> None:
    done = backlint(*words, environ={name: placed(it, machine) for name, it in environ.items()}, cwd=machine / "data")
    assert done.returncode == 1, done.stderr
    assert (machine / "data" / "backlint.db").is_file()
    assert "web" in done.stderr


def containers_of(pod: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [*pod["containers"], *pod.get("initContainers", [])]


def test_the_night_of_systemd(machine: Path) -> None:
    (unit,) = [each for each in UNITS if each.name == "backlint.service"]
    lines = settings_of(unit)
    environ = dict(value.split("=", 1) for name, value in lines if name == "Environment")
    ran(shlex.split(dict(lines)["ExecStart"])[1:], environ, machine)


def test_the_night_of_kubernetes(machine: Path) -> None:
    pod = dict(pods())["backlint-nightly"]
    (container,) = pod["containers"]
    ran(container["args"], {each["name"]: each["value"] for each in container["env"]}, machine)


def test_units_are_told_secrets_that_they_load() -> None:
    for unit in (each for each in UNITS if each.suffix == ".service"):
        loaded = [value.partition(":")[0] for name, value in settings_of(unit) if name == "LoadCredential"]
        assert loaded == ["JIRA_EMAIL", "JIRA_TOKEN"]
        assert ("Environment", "BACKLINT_SECRETS_DIR=%d") in settings_of(unit)


@pytest.mark.parametrize(("name", "pod"), list(pods()), ids=[name for name, _ in pods()])
def test_pods_are_restricted(name: str, pod: Mapping[str, Any]) -> None:
    context = pod["securityContext"]
    assert context["runAsNonRoot"] is True
    assert context["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False, name
    for container in containers_of(pod):
        assert container["securityContext"] == RESTRICTED
        assert container["resources"]["limits"]["memory"]


def test_objects_name_what_there_is() -> None:
    there = {(each["kind"], each["metadata"]["name"]) for each in objects()}
    for name, pod in pods():
        (container,) = pod["containers"]
        volumes = {each["name"] for each in pod["volumes"]}
        assert {each["name"] for each in container["volumeMounts"]} == volumes, name
        for volume in pod["volumes"]:
            assert "configMap" not in volume or ("ConfigMap", volume["configMap"]["name"]) in there
            assert "secret" not in volume or ("Secret", volume["secret"]["secretName"]) in there
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            assert claim is None or ("PersistentVolumeClaim", claim) in there


def test_compose_names_what_there_is() -> None:
    for service in COMPOSE["services"].values():
        for secret in service["secrets"]:
            assert (secret if isinstance(secret, str) else secret["source"]) in COMPOSE["secrets"]
        assert service["image"] == "backlint" or service["healthcheck"]
    database = COMPOSE["services"]["database"]["environment"]
    assert database["POSTGRES_PASSWORD_FILE"] == "/run/secrets/database-password"


def test_variables_are_settings(machine: Path) -> None:
    """Every variable and secret that the files hand over is one that backlint knows."""
    environ = {
        name: str(value)
        for service in COMPOSE["services"].values()
        if service["image"] == "backlint"
        for name, value in service.get("environment", {}).items()
    }
    (secret,) = [each for each in objects() if each["kind"] == "Secret"]
    environ |= secret["stringData"] | {"BACKLINT_CONFIG": str(machine / "etc" / "backlint.toml")}
    done = backlint("config", "verify", environ=environ, cwd=machine / "data")
    assert done.returncode == 0, done.stderr


def test_secrets_are_taken_as_files(tmp_path: Path) -> None:
    """Under the names that compose mounts them by, and Kubernetes."""
    targets = {
        secret["target"]: "postgresql://backlint:a-password@database/backlint"
        for service in COMPOSE["services"].values()
        for secret in service["secrets"]
        if not isinstance(secret, str)
    }
    (secret,) = [each for each in objects() if each["kind"] == "Secret"]
    assert targets.keys() >= secret["stringData"].keys()
    (tmp_path / "secrets").mkdir()
    for name, value in targets.items():
        (tmp_path / "secrets" / name).write_text(f"{value}\n")
    (tmp_path / "backlint.toml").write_text('[teams.web.jira]\nurl = "https://t.example"\nproject = "SHOP"\n')
    config = load(around=Surroundings(tmp_path, {"BACKLINT_SECRETS_DIR": str(tmp_path / "secrets")}))
    assert config.store == targets["BACKLINT_STORE"]
    assert config.settings.service.token
    (source,) = config.team("web").sources
    assert dict(source)["token"].get_secret_value() == targets["JIRA_TOKEN"]


def probed() -> set[str]:
    """The paths that Kubernetes and compose ask."""
    (container,) = dict(pods())["backlint-serve"]["containers"]
    probes = [each for name, each in container.items() if name.endswith("Probe") and "httpGet" in each]
    healthcheck = " ".join(COMPOSE["services"]["serve"]["healthcheck"]["test"])
    asked = urlsplit(str(re.findall(r"'(http://[^']+)'", healthcheck)[0]))
    assert f"127.0.0.1:{asked.port}:8080" in COMPOSE["services"]["serve"]["ports"]
    return {asked.path, *(each["httpGet"]["path"] for each in probes)}


def test_the_service_of_systemd_comes_up_and_goes_down(machine: Path) -> None:
    (unit,) = [each for each in UNITS if each.name == "backlint-serve.service"]
    lines = settings_of(unit)
    environ = dict(value.split("=", 1) for name, value in lines if name == "Environment")
    around = {name: placed(it, machine) for name, it in environ.items()}
    command = [sys.executable, "-m", "backlint", *shlex.split(dict(lines)["ExecStart"])[1:]]
    with subprocess.Popen(  # noqa: S603 - as systemd does
        command,
        cwd=machine / "data",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "BACKLINT_SERVICE__PORT": "0", **around},
        stderr=subprocess.PIPE,
        text=True,
    ) as service:
        assert service.stderr
        said = (json.loads(line) for line in service.stderr)
        url = next(line["url"] for line in said if line.get("kind") == "serving")
        for path in probed():
            with urlopen(url.rstrip("/") + path, timeout=30) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
        service.send_signal(signal.SIGTERM)
        *_, last = said
        assert service.wait(timeout=60) == 0
    assert last["kind"] == "stopped"


def test_the_image_has_all_that_the_package_is_made_of(tmp_path: Path) -> None:
    """What the Dockerfile copies makes a wheel, and the wheel runs where there is nothing else."""
    source, site = tmp_path / "source", tmp_path / "site"
    source.mkdir()
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    for name in " ".join(copied).split():
        assert name in allowed, f".dockerignore keeps {name} from the builder"
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)  # noqa: S603
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "items.jsonl").write_text(json.dumps(ITEM))
    done = backlint("check", "items.jsonl", environ={"PYTHONPATH": str(site)}, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "SHOP-1" in done.stdout
